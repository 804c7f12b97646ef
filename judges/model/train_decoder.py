"""Projector and decoder learn conversations, on the frozen tower or (--joint) with it.

    python train_decoder.py DATA --val VAL --tower build/model/tower --out build/model/short --favour caption=0.01,...
    python train_decoder.py DATA --val VAL --start build/model/short --out build/model/all
    python train_decoder.py DATA --val VAL --start build/model/all --joint --muon 0.002 --adam 2e-4 --out build/model/joint
    python train_decoder.py DATA --val VAL --start build/model/joint --rated 0.6 --out build/model/ratings
    python train_decoder.py DATA --val VAL --start build/model/ratings --rated 0.7 --forms 0.7 --out build/model/forms
"""
from __future__ import annotations

import session  # first: it sets how threads wait

import argparse
from collections import defaultdict
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Iterator

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

import data
import forms
import losses
import model
import ratings
import scenes
import tokenizer as bpe
import train_tower
from optimiser import Optimiser
from packing import Packed, Packer



def centre_patches(sc: scenes.Scenes, patch: int) -> np.ndarray:
    side = sc.images.shape[1] // patch
    cell = np.clip((sc.centers // patch).astype(np.int64), 0, side - 1)
    return cell[..., 1] * side + cell[..., 0]


class Source:
    """Scenes and their conversations, and where wanted their graded captions; gives packed batches and features."""

    def __init__(self, folder: Path, classes, tok: Tokenizer, cache: Path, budget: int, device, patch: int, fixed: bool,
                 favour: dict[str, float], rated_budget: int | None = None, other_forms: bool = False):
        self.scenes = scenes.load(folder, classes)
        patches = (self.scenes.images.shape[1] // patch) ** 2
        given = centre_patches(self.scenes, patch), tok, patches
        self.talk = data.load(folder, tok, self.scenes.index, cache / f"{folder.name}.talk.npz")
        self.packer = Packer(self.talk, *given, budget, favour, fixed)
        if rated_budget is not None:
            graded = ratings.load(folder, classes, tok, self.scenes.index, cache / f"{folder.name}.graded.npz")
            self.graded = ratings.GradedPacker(graded, *given, rated_budget, ratings.FAVOUR, fixed)
        if other_forms:
            asked = forms.load(folder, classes, tok, self.scenes.index, cache / f"{folder.name}.forms.npz")
            self.forms = ratings.GradedPacker(asked, *given, rated_budget, forms.FAVOUR, fixed)
        self.device = device

    def look(self, rows: np.ndarray, tower, autocast) -> Tensor:
        """rows [B,images] -> features [B, images*patches, C].

        A frozen tower's features are computed anew each time: that is a twentieth of a step's work, and
        reading them from a cache would save less than filling it costs.
        """
        images = torch.from_numpy(self.scenes.images[rows.reshape(-1)]).to(self.device)
        with autocast():
            x = tower(losses.to_pixels(images)).float()
        return x.reshape(len(rows), -1, x.shape[-1])

    def batch(self, seed: int, step: int, size: int, groups: float, rated: float = 0, other_forms: float = 0) -> Packed:
        """Groups of images fill a share of the steps, graded captions another, a share of these in other forms; more
        images, fewer sequences."""
        rng = session.step_rng(seed, step)
        if rated and rng.random() < rated:
            packer = self.forms if other_forms and rng.random() < other_forms else self.graded
            return packer.pack(rng.choice(packer.units[1], size), rng)
        several = sorted(k for k in self.packer.units if k > 1)
        k = int(rng.choice(several)) if several and rng.random() < groups else 1
        return self.packer.pack(rng.choice(self.packer.units[k], max(1, size // k)), rng)


def ahead(make, steps: range, depth: int = 4) -> Iterator[tuple[int, Packed]]:
    """Packs the next batches in a thread while the model computes."""
    queue: Queue = Queue(depth)

    def fill() -> None:
        try:
            for step in steps:
                queue.put((step, make(step)))
        except Exception as error:  # raised where the batch is waited for
            queue.put((-1, error))

    Thread(target=fill, daemon=True).start()
    for _ in steps:
        step, batch = queue.get()
        if step < 0:
            raise batch
        yield step, batch


@torch.no_grad()
def held_out(net, source: Source, packer: Packer, guides, autocast, size: int = 32, most: int = 192) -> dict[str, float]:
    """Share of answers whose every token is the likeliest given those before: greedy decoding's exact answers."""
    hits: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2))
    for images, units in packer.units.items():
        for start in range(0, min(most if images == 1 else most // 3, len(units)), size):
            p = packer.pack(units[start:start + size], None).to(source.device)
            mask = p.mask()
            features = source.look(p.rows_of_images, net.vision_tower, autocast)
            with autocast():
                logits, heads, *_ = net(features, p.ids, p.image_at, p.positions, mask, p.rows, guides)
            real = p.node >= 0
            wrong = ((logits.argmax(-1) != p.wanted) & real).long()
            per = torch.zeros(len(p.kinds), dtype=torch.long, device=wrong.device)
            per.index_add_(0, p.node[real], wrong[real])
            right = (per == 0).cpu().numpy()
            answered = np.zeros(len(right), bool)
            answered[p.node[real].cpu().numpy()] = True
            for i, kind in enumerate(packer.talk.kinds):
                those = answered & (p.kinds == i)
                hits[kind] += (right[those].sum(), those.sum())
            for (layer, head), (q, k) in zip(guides, heads) if images == 1 else ():
                loss = losses.guided_loss(q, k, p.guided, p.guided_weight, p.target, p.image_at, mask)
                hits[f"guide {layer}.{head}"] += (float(loss) * len(p.ids), len(p.ids))
    return {k: round(float(a / b), 4) for k, (a, b) in hits.items() if b}


@torch.no_grad()
def set_scale(net, features: Tensor) -> None:
    x = features.flatten(0, 1)
    net.multi_modal_projector.shift.copy_(x.mean(0))
    net.multi_modal_projector.scale.copy_(1 / (x - x.mean(0)).std())


def train(args: argparse.Namespace) -> tuple[float, bool]:
    """-> mean loss of the last steps; whether all steps are done."""
    run = session.Session(args.out, {k: v for k, v in vars(args).items() if k in KEPT}, args.minutes)
    state = run.load()
    if state and state["step"] >= args.steps:
        return float("nan"), True
    first = torch.load((args.start or args.tower) / "state.pt", map_location="cpu", weights_only=False)
    shared = args.out.parent  # the tokenizer and what it made of the conversations: one for all stages
    if not (shared / "tokenizer.json").exists():
        bpe.train(args.data / "conversations.jsonl").save(str(shared / "tokenizer.json"))
    tok = Tokenizer.from_file(str(shared / "tokenizer.json"))
    tok.save(str(args.out / "tokenizer.json"))
    config = model.Config(**{**first["config"], "vocab": bpe.padded(tok.get_vocab_size())})
    guides = [tuple(map(int, g.split("."))) for g in args.guides.split(",")] if args.guides else []
    reads = list(READS) if args.rated else []
    torch.manual_seed(args.seed)
    net = model.Llava(config).to(run.device)
    place = losses.PlaceHead(config.width, config.image // config.patch).to(run.device)
    grade = losses.GradeHead(config.width).to(run.device)
    if args.start or state:
        net.load_state_dict((state or first)["model"])
        place.load_state_dict((state or first)["place"])
        if "grade" in (state or first):
            grade.load_state_dict((state or first)["grade"])
    else:
        net.vision_tower.load_state_dict(first["tower"])
    net.vision_tower.requires_grad_(args.joint)
    autocast = lambda: run.autocast(args.bf16)
    favour = {kind: float(weight) for kind, weight in (part.split("=") for part in args.favour.split(","))}
    source, val = (Source(folder, first["classes"], tok, shared, budget, run.device,
                          config.patch, fixed, favour, args.rated_budget * (budget > 0) if args.rated else None,
                          args.forms > 0)
                   for folder, budget, fixed in ((args.data, args.budget, args.compile), (args.val, 0, False)))
    if not args.start and not state:
        set_scale(net, source.look(np.arange(min(512, len(source.scenes)))[:, None], net.vision_tower, autocast))
    named = [*net.named_parameters(), *place.named_parameters(), *(grade.named_parameters() if args.rated else ())]
    optimiser = Optimiser(named, args.steps, args.muon, args.adam, decay_from=args.decay_from)
    start = 0
    if state:
        optimiser.load_state_dict(state["optimiser"])
        start = state["step"]
    forward = torch.compile(net) if args.compile else net
    tower = torch.compile(net.vision_tower) if args.compile else net.vision_tower
    words = {name: torch.tensor([tok.encode(f" {v}").ids[-1] for v in first["classes"][name]], device=run.device)
             for name in scenes.ATTRIBUTES if first["classes"][name]}
    recent: list[float] = []
    images = state["images"] if state else 0
    for step, p in ahead(lambda s: source.batch(args.seed, s, args.batch, args.groups, args.rated, args.forms),
                         range(start, args.steps)):
        p = p.to(run.device)
        mask = p.mask()
        features = source.look(p.rows_of_images, tower, autocast)
        with autocast():
            logits, heads, seen, between = forward(features, p.ids, p.image_at, p.positions, mask, p.rows,
                                                   guides + reads, (PLACE_LAYER, *GRADE_LAYERS))
        loss = answer = losses.answer_loss(logits, p.wanted, p.weight)
        guide = [losses.guided_loss(q, k, p.guided, p.guided_weight, p.target, p.image_at, mask)
                 for q, k in heads[:len(guides)]]
        if guide:
            loss = loss + args.guide_weight * sum(guide) / len(guide)
        if args.align:
            shown = train_tower.make_batch(source.scenes, p.rows_of_images.reshape(-1), run.device, ordered=False)
            targets = losses.dense_targets(shown, config.patch)
            align = losses.alignment_loss(seen.reshape(len(shown["counts"]), config.patches, -1),
                                          net.language_model.model.embed_tokens.weight, words, targets)
            loss = loss + args.align * align
        if args.place:
            placed = place.loss(between[0], p.guided, p.guided_weight, p.target)
            loss = loss + args.place * placed
        if p.parts is not None:
            graded = grade.loss(between[1:], p.graded_at, p.parts)
            stated = (p.parts[..., 2] >= 0).float()
            read = [losses.read_loss(q, k, p.graded_at[..., 1], p.graded_at[..., 1 + word], stated, mask)
                    for (q, k), word in zip(heads[len(guides):], READS.values())]
            loss = loss + args.grade * (graded + sum(read) / len(read))
        loss.backward()
        optimiser.step(step)
        done, images = step + 1, images + p.rows_of_images.size
        if done % 10 == 0:
            recent = (recent + [float(answer.detach())])[-5:]
        if done % args.log_every == 0:
            run.log(step=done, images=images, loss=float(np.mean(recent)) if recent else None,
                    guide=[round(float(g.detach()), 4) for g in guide], align=float(align.detach()) if args.align else None,
                    place=float(placed.detach()) if args.place else None,
                    **({"grade": float(graded.detach()), "read": [round(float(r.detach()), 4) for r in read]}
                       if p.parts is not None else {}), tokens=p.ids.shape[1])
        if done % args.eval_every == 0 or done == args.steps:
            scores = ratings.held_out(net, val, grade, GRADE_LAYERS, tok, autocast) if args.rated else {}
            if args.forms:
                scores["forms"] = held_out(net, val, val.forms, (), autocast, most=96)
            run.log(step=done, images=images, held_out=held_out(net, val, val.packer, guides, autocast), **scores)
        if run.save_due or done == args.steps or run.out_of_time:
            run.save(done, images=images, model=net.state_dict(), place=place.state_dict(), grade=grade.state_dict(),
                     optimiser=optimiser.state_dict(), config=config.to_dict(), classes=first["classes"])
            if done == args.steps or run.out_of_time:
                break
    return (float(np.mean(recent)) if recent else float("nan")), done == args.steps


KEPT = ("data", "tower", "start", "joint", "batch", "budget", "groups", "seed", "muon", "adam", "guides",
        "guide_weight", "align", "place", "rated", "rated_budget", "grade", "forms")
# The layer after the first guided head: what it fetched is in its output.
PLACE_LAYER = 1
# Those before the last one, which only runs where answers are.
GRADE_LAYERS = 2, 3
# Heads that at the end of a sentence that states a relation attend to its word for it (1), its subject (2), its object
# (3). They are those that do so where questions about relations are answered.
READS = {(0, 3): 1, (2, 1): 3, (2, 2): 3, (2, 3): 2, (3, 1): 3}


def parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", type=Path, help="folder of vernier synth")
    p.add_argument("--val", type=Path, required=True, help="folder of held-out scenes")
    begin = p.add_mutually_exclusive_group(required=True)
    begin.add_argument("--tower", type=Path, help="folder of train_tower.py: a new decoder on this tower")
    begin.add_argument("--start", type=Path, help="folder of train_decoder.py: go on from its weights")
    p.add_argument("--joint", action="store_true", help="the tower learns too")
    p.add_argument("--out", type=Path, default=Path("build/model/decoder"))
    p.add_argument("--steps", type=int, default=24000)
    p.add_argument("--batch", type=int, default=16, help="images per step")
    p.add_argument("--budget", type=int, default=219, help="tokens of text per image")
    p.add_argument("--favour", default="caption=1.5,rating=1.5", metavar="KIND=WEIGHT,...",
                   help="how much likelier than others a kind is drawn where not all that is said fits the budget")
    p.add_argument("--groups", type=float, default=0.1, help="share of steps on groups of images")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--muon", type=float, default=0.02)
    p.add_argument("--adam", type=float, default=2e-3)
    p.add_argument("--decay-from", type=float, default=0.4, help="share of the steps after which the rates fall to 0")
    p.add_argument("--guides", default="1.0,3.0", help="LAYER.HEAD,...: heads whose attention is taught")
    p.add_argument("--guide-weight", type=float, default=4.0)
    p.add_argument("--align", type=float, default=1.0, help="weight of words' likeness to the patches they name")
    p.add_argument("--place", type=float, default=1.0, help="weight of telling where an object is that a phrase means")
    p.add_argument("--rated", type=float, default=0.0, help="share of steps on graded captions")
    p.add_argument("--rated-budget", type=int, default=300, help="tokens of text per image in these")
    p.add_argument("--grade", type=float, default=1.0, help="weight of telling what is right about a graded caption")
    p.add_argument("--forms", type=float, default=0.0, help="share of these asked about in other forms")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--compile", action="store_true")
    p.add_argument("--minutes", type=float, default=0, help="stop with a checkpoint after so long (0: at the end)")
    p.add_argument("--log-every", type=int, default=50)
    p.add_argument("--eval-every", type=int, default=500)
    return p


if __name__ == "__main__":
    train(parser().parse_args())
