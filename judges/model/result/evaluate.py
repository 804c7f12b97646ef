"""Held-out scores of an exported folder, run by transformers alone; a Markdown page on standard output.

    python evaluate.py FOLDER SCENES [--logs LOGS] > results/tables/model.md
"""
from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Iterator

import numpy as np
import torch
from PIL import Image
from transformers import AutoProcessor, LlavaForConditionalGeneration

from training import section as training_section, table
from text import agreement, comparable, kendall, objects_of, objects_of_context, truth_of, well_formed

SHORT = ("existence", "attribute", "color", "shape", "count", "relation", "order", "sign", "group")
NEW_TOKENS = {"caption": 120, "context": 240}


class Model:
    def __init__(self, folder: Path, batch: int):
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.processor = AutoProcessor.from_pretrained(folder)
        self.tokenizer = self.processor.tokenizer
        self.net = LlavaForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).to(self.device).eval()
        self.batch, self.patches = batch, self.net.config.image_seq_length
        digits = [self.tokenizer.convert_tokens_to_ids(str(d)) for d in range(10)]
        self.digits, self.end = torch.tensor(digits), self.tokenizer.eos_token_id

    def pixels(self, images: list[np.ndarray]) -> torch.Tensor:
        return self.processor.image_processor([Image.fromarray(i) for i in images], return_tensors="pt")["pixel_values"]

    def prompt(self, turns: list[str], images: int) -> str:
        """turns: question, answer, question, ...; as the folder's own chat template writes them."""
        chat = []
        for i, text in enumerate(turns):
            parts = [{"type": "text", "text": text}]
            if i == 0:
                parts = [{"type": "image"}] * images + parts
            chat.append({"role": "assistant" if i % 2 else "user", "content": parts})
        text = self.processor.apply_chat_template(chat, add_generation_prompt=True)
        return text.replace("<image>", "<image>" * self.patches)

    def batches(self, asked: list[tuple[str, list[np.ndarray]]]) -> Iterator[tuple[list[int], dict]]:
        """Of like length; a batch's prompts are padded on the left."""
        order = sorted(range(len(asked)), key=lambda i: (len(asked[i][1]), len(asked[i][0])))
        for start in range(0, len(order), self.batch):
            rows = order[start:start + self.batch]
            text = self.tokenizer([asked[i][0] for i in rows], add_special_tokens=False, padding=True,
                                  padding_side="left", return_tensors="pt")
            pixels = self.pixels([image for i in rows for image in asked[i][1]])
            yield rows, {"input_ids": text["input_ids"].to(self.device), "pixel_values": pixels.to(self.device),
                         "attention_mask": text["attention_mask"].to(self.device)}

    @torch.no_grad()
    def answer(self, asked: list[tuple[str, list[np.ndarray]]], tokens: int) -> list[str]:
        out = [""] * len(asked)
        for rows, inputs in self.batches(asked):
            ids = self.net.generate(**inputs, max_new_tokens=tokens, do_sample=False)
            said = self.tokenizer.batch_decode(ids[:, inputs["input_ids"].shape[1]:], skip_special_tokens=True)
            for i, text in zip(rows, said):
                out[i] = text.strip()
        return out

    @torch.no_grad()
    def next_token(self, asked: list[tuple[str, list[np.ndarray]]]) -> torch.Tensor:
        """[n,11]: probability of each digit and of the end."""
        out = torch.zeros(len(asked), 11)
        for rows, inputs in self.batches(asked):
            p = self.net(**inputs, logits_to_keep=1).logits[:, -1].float().softmax(-1).cpu()
            out[rows] = torch.cat((p[:, self.digits], p[:, [self.end]]), 1)
        return out

    def expectation(self, asked: list[tuple[str, list[np.ndarray]]]) -> np.ndarray:
        """Mean of the number 0..100 under the digits' distribution, normalised."""
        first = self.next_token([(t + " ", i) for t, i in asked])
        weight, value = [], []
        for d in range(10):
            second = self.next_token([(f"{t} {d}", i) for t, i in asked])
            weight.append(first[:, d] * second[:, 10])
            value.append(d)
            for e in range(10 if d else 0):
                p = first[:, d] * second[:, e]
                if (d, e) == (1, 0):
                    third = self.next_token([(f"{t} 10", i) for t, i in asked])
                    weight.append(p * third[:, 0])
                    value.append(100)
                    p = p * third[:, 10]
                weight.append(p)
                value.append(10 * d + e)
        w = torch.stack(weight, 1)
        return (w @ torch.tensor(value, dtype=torch.float32) / w.sum(1).clamp(min=1e-9)).numpy()


class Held:
    """Held-out scenes: conversations by kind, images by name."""

    def __init__(self, folder: Path, limit: int):
        self.images = np.load(folder / "images.npy", mmap_mode="r")
        self.scenes = [json.loads(line) for line in open(folder / "scenes.jsonl")]
        self.row = {s["image_id"]: i for i, s in enumerate(self.scenes)}
        self.by_kind: dict[str, list[dict]] = defaultdict(list)
        with open(folder / "conversations.jsonl") as f:
            for line in f:
                c = json.loads(line)
                self.by_kind[c["kind"]].append(c)
        chance = np.random.default_rng(1)
        for kind, cs in self.by_kind.items():  # from all scenes; a rating takes 12 passes of the model
            most = limit // 2 if kind == "rating" else limit
            if len(cs) > most:
                self.by_kind[kind] = [cs[i] for i in sorted(chance.choice(len(cs), most, replace=False))]

    def rows(self, c: dict) -> list[int]:
        names = [c["image"]] if isinstance(c["image"], str) else c["image"]
        return [self.row[n] for n in names]

    def shown(self, c: dict, how: str = "true") -> list[np.ndarray]:
        if how == "grey":
            return [np.full(self.images.shape[1:], 127, np.uint8) for _ in self.rows(c)]
        shift = 7 if how == "other" else 0
        return [np.asarray(self.images[(r + shift) % len(self.images)]) for r in self.rows(c)]

    @staticmethod
    def turns(c: dict) -> list[str]:
        out = [t["value"] for t in c["conversations"]]
        out[0] = out[0][out[0].rfind("<image>\n") + 8:]
        return out


def percent(x: float) -> str:
    return f"{100 * x:.1f}"


def asked(model: Model, held: Held, cs: list[dict], how: str = "true") -> list[tuple[str, list[np.ndarray]]]:
    return [(model.prompt(held.turns(c)[:-1], len(held.rows(c))), held.shown(c, how)) for c in cs]


def share(said: list[str], cs: list[dict]) -> float:
    return float(np.mean([s.lower() == c["conversations"][-1]["value"].strip().lower() for s, c in zip(said, cs)]))


def questions(model: Model, held: Held, blind: int) -> tuple[str, dict[str, list[str]]]:
    rows, said = [], {}
    for kind in SHORT:
        cs = held.by_kind[kind]
        if not cs:
            continue
        said[kind] = model.answer(asked(model, held, cs), 12)
        most = Counter(c["conversations"][-1]["value"] for c in cs).most_common(1)[0][1] / len(cs)
        few = cs[:blind]
        without = [percent(share(model.answer(asked(model, held, few, how), 12), few)) for how in ("grey", "other")]
        rows.append([kind, len(cs), percent(share(said[kind], cs)), *without, percent(most)])
    head = ["kind", "questions", "right, %", "grey image, %", "another scene's image, %", "commonest answer, %"]
    return table(head, rows), said


def confusion(kind: str, cs: list[dict], said: list[str]) -> str:
    true = [c["conversations"][-1]["value"] for c in cs]
    count = Counter(zip(true, said))
    names = sorted(set(true))
    other = sorted({s for s in said if s not in names})
    head = [f"{kind}: true \\ said", *names] + (["other"] if other else [])
    return table(head, [[t, *(count[t, s] for s in names)] + ([sum(count[t, s] for s in other)] if other else [])
                        for t in names])


def unsaid(objects: list[tuple]) -> list[tuple]:
    return [tuple(None if v == "solid" else v for v in o) for o in objects]


def captions(model: Model, held: Held, kind: str) -> tuple[str, list[str]]:
    cs = held.by_kind[kind]
    said = model.answer(asked(model, held, cs), NEW_TOKENS[kind])
    rows, read = [], objects_of_context if kind == "context" else objects_of
    form = percent(float(np.mean([well_formed(t) for t in said]))) if kind == "context" else ""
    for name, keys in (("shape + colour", ("shape", "color")), ("+ size, pattern", ("shape", "color", "size", "pattern"))):
        right = claimed = real = exact = 0
        for c, text in zip(cs, said):
            truth = truth_of(held.scenes[held.rows(c)[0]], keys)
            truth, told = comparable(truth), comparable(read(text, keys, held.scenes))
            if kind == "caption":  # it leaves out that something is solid
                told, truth = unsaid(told), unsaid(truth)
            r = agreement(told, truth)
            right, claimed, real = right + r, claimed + len(told), real + len(truth)
            exact += r == len(told) == len(truth)
        rows.append([kind, name, len(cs), f"{right / max(claimed, 1):.3f}", f"{right / max(real, 1):.3f}",
                     percent(exact / len(cs)), percent(share(said, cs)), form])
    return table(["", "objects matched by", "images", "precision", "recall", "all objects right, %", "same text, %",
                  "well formed, %"], rows), said


def ratings(model: Model, held: Held) -> str:
    """tau-b of the rating with the reference's context, with the model's own, and without any."""
    rows = []
    for name, with_context in (("no context", False), ("the scene's context", True), ("its own context", True)):
        cs = [c for c in held.by_kind["rating"] if (len(c["conversations"]) > 2) == with_context]
        if not cs:
            continue
        turns = [held.turns(c)[:-1] for c in cs]
        if name.startswith("its own"):
            own = model.answer([(model.prompt(t[:1], 1), held.shown(c)) for t, c in zip(turns, cs)], NEW_TOKENS["context"])
            turns = [[t[0], o, *t[2:]] for t, o in zip(turns, own)]
        prompts = [(model.prompt(t, 1), held.shown(c)) for t, c in zip(turns, cs)]
        true = np.array([float(c["conversations"][-1]["value"]) for c in cs])
        greedy = np.array([float(s) if s.isdigit() else -1.0 for s in model.answer(prompts, 6)])
        mean = model.expectation(prompts)
        rows.append([name, len(cs), f"{kendall(mean, true):.3f}", f"{kendall(greedy, true):.3f}",
                     f"{np.abs(mean - true).mean():.1f}", percent(float((greedy == true).mean()))])
    return table(["rating with", "ratings", "tau-b, expectation", "tau-b, greedy number", "mean error", "exact, %"], rows)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("folder", type=Path)
    p.add_argument("scenes", type=Path)
    p.add_argument("--limit", type=int, default=2000, help="conversations of each kind")
    p.add_argument("--blind-limit", type=int, default=500, help="of these, for each control")
    p.add_argument("--batch", type=int, default=64)
    p.add_argument("--logs", type=Path, help="folder of the training's logs, to be told of too")
    args = p.parse_args()
    begin = time.time()
    model, held = Model(args.folder, args.batch), Held(args.scenes, args.limit)
    print(f"# The model on held-out scenes\n\n{len(held.scenes)} scenes; greedy decoding by transformers.\n")
    text, said = questions(model, held, args.blind_limit)
    print(f"## Questions\n\n{text}\n## Captions and contexts\n", flush=True)
    for kind in ("caption", "context"):
        if held.by_kind[kind]:
            print(captions(model, held, kind)[0], flush=True)
    print(f"## Ratings\n\n{ratings(model, held)}\n## Confusions\n")
    for kind in ("color", "shape", "count", "sign"):
        if kind in said:
            print(confusion(kind, held.by_kind[kind], said[kind]))
    if args.logs:
        print("## Training\n\nHeld-out answers that are right to the last token, %; tower: share of object centres.\n")
        print(training_section(args.logs))
    print(f"evaluated in {time.time() - begin:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
