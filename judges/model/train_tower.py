"""Stage 1: the vision tower learns from dense targets, one patch at a time.

    python train_tower.py DATA --val VAL --out build/model/tower --steps 3000
"""
from __future__ import annotations

import session  # first: it sets how threads wait

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

import losses
import model
import scenes
from optimiser import Optimiser


def make_batch(data: scenes.Scenes, rows: np.ndarray, device: torch.device, ordered: bool = True) -> dict[str, Tensor]:
    rows = np.sort(rows) if ordered else rows  # memory-mapped arrays are read in order
    put = lambda a: torch.from_numpy(np.ascontiguousarray(a)).to(device, non_blocking=True)
    batch = {"images": put(data.images[rows]), "instances": put(data.instances[rows]),
             "centers": put(data.centers[rows]), "counts": put(data.counts[rows]).long()}
    return {**batch, **{k: put(v[rows]).long() for k, v in data.labels.items()}}


@torch.no_grad()
def held_out(tower, heads, data: scenes.Scenes, device: torch.device, patch: int, size: int = 256) -> dict[str, float]:
    total: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2))
    for start in range(0, len(data), size):
        batch = make_batch(data, np.arange(start, min(start + size, len(data))), device)
        out = heads(tower(losses.to_pixels(batch["images"])).float())
        for name, pair in losses.dense_hits(out, losses.dense_targets(batch, patch)).items():
            total[name] += pair
    return {k: round(float(v[0] / max(v[1], 1)), 4) for k, v in total.items()}


def train(args: argparse.Namespace) -> tuple[float, bool]:
    """-> mean loss of the last steps; whether all steps are done."""
    run = session.Session(args.out, {k: v for k, v in vars(args).items() if k in KEPT}, args.minutes)
    state = run.load()
    if state and state["step"] >= args.steps:
        return float("nan"), True
    classes = state["classes"] if state else scenes.class_lists(args.data)
    data = scenes.load(args.data, classes)
    val = scenes.load(args.val, classes) if args.val else None
    config = model.SIZES[args.size](image=int(data.images.shape[1]))
    net = model.Llava(config).to(run.device)
    tower = net.vision_tower
    heads = losses.DenseHeads(config.tower_width, classes).to(run.device)
    named = list(tower.named_parameters()) + list(heads.named_parameters())
    optimiser = Optimiser(named, args.steps, args.muon, args.adam)
    start = 0
    if state:
        tower.load_state_dict(state["tower"])
        heads.load_state_dict(state["heads"])
        optimiser.load_state_dict(state["optimiser"])
        start = state["step"]
    forward = torch.compile(tower) if args.compile else tower
    parts = lambda: dict(tower=tower.state_dict(), heads=heads.state_dict(), optimiser=optimiser.state_dict(),
                         classes=classes, config=config.to_dict(), size=args.size)
    recent: list[float] = []
    for step in range(start, args.steps):
        rows = session.step_rng(args.seed, step).integers(len(data), size=args.batch)
        batch = make_batch(data, rows, run.device)
        with run.autocast(args.bf16):
            hidden = forward(losses.to_pixels(batch["images"]))
        loss, terms = losses.dense_loss(heads(hidden.float()), losses.dense_targets(batch, config.patch))
        loss.backward()
        optimiser.step(step)
        done = step + 1
        if done % 20 == 0:
            recent = (recent + [float(loss.detach())])[-5:]
        if done % args.log_every == 0:
            run.log(step=done, images=done * args.batch, loss=float(loss.detach()), **{k: float(v.detach()) for k, v in terms.items()})
        if val is not None and (done % args.eval_every == 0 or done == args.steps):
            run.log(step=done, images=done * args.batch,
                    held_out=held_out(tower, heads, val, run.device, config.patch))
        if run.save_due or done == args.steps or run.out_of_time:
            run.save(done, **parts())
            if done == args.steps or run.out_of_time:
                break
    return (float(np.mean(recent)) if recent else float("nan")), done == args.steps


KEPT = ("data", "size", "batch", "seed", "muon", "adam")


def parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", type=Path, help="folder of vernier synth --write arrays,scenes")
    p.add_argument("--val", type=Path, help="folder of held-out scenes")
    p.add_argument("--out", type=Path, default=Path("build/model/tower"))
    p.add_argument("--size", choices=list(model.SIZES), default="small")
    p.add_argument("--steps", type=int, default=3000)
    p.add_argument("--batch", type=int, default=64)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--muon", type=float, default=0.02, help="peak rate of block matrices")
    p.add_argument("--adam", type=float, default=2e-3, help="peak rate of all else")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--compile", action="store_true")
    p.add_argument("--minutes", type=float, default=0, help="stop with a checkpoint after so long (0: at the end)")
    p.add_argument("--log-every", type=int, default=50)
    p.add_argument("--eval-every", type=int, default=500)
    return p


if __name__ == "__main__":
    train(parser().parse_args())
