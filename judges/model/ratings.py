"""Graded captions of `vernier synth` (captions.jsonl): all captions of an image, right and with one fault each, behind one
question. Every image is two units: with what is there before the question, and without.
"""
from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Iterator

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

import data
import scenes
from packing import Packer
from tokenizer import ANSWER, ASK

QUESTION = "Rate from 0 to 100 how well this caption fits the image.\nCaption:"
# What is said of images is in data.KINDS; here the fault of a caption is its kind.
KINDS = ("context", "question", "correct", "missing object", "wrong attribute", "wrong relation", "swapped arguments",
         "invented object", "verbose", "mixed", "other image")
FAULTS = KINDS[3:8]
# What is drawn first where not all fits: pairs that differ in one fault.
FAVOUR = {"question": 100.0, "correct": 10.0, "wrong relation": 4.0, "swapped arguments": 4.0, "missing object": 2.0}
MOST_GRADED = 16  # captions per sequence where shapes are fixed
RELATION = re.compile(r" is (?:to the |on )?(?P<word>left|right|above|below|top|under) [^.]*\.")


@dataclass
class Graded(data.Talk):
    kinds = KINDS
    sentence: np.ndarray  # [nodes,4] of the sentence that states a relation, from the node's start: its end, its word
                          # for the relation, the ends of subject and object; -1 = none does
    parts: np.ndarray     # [nodes,3] shares of objects, attributes and relations that are right; -1 = not taught


def phrase_finder(classes: dict[str, list[str]]) -> re.Pattern:
    """Noun phrases of captions, as datasets/scenes/language/description.cc writes them."""
    one = lambda name: f"(?:(?P<{name}>{'|'.join(classes[name])}) )?"
    return re.compile(r"\b" + one("size") + one("pattern") + one("color") + f"(?P<shape>{'|'.join(classes['shape'])})\\b"
                      + '(?: that says "(?P<word>[A-Z]+)")?')


def fits(stated: dict[str, str], obj: dict) -> bool:
    if obj["shape"] == "sign" and any(k in stated for k in ("size", "pattern", "color")):
        return False  # these are not said of signs
    return all(scenes.attribute(obj, k) == v for k, v in stated.items())


class Builder(data.Builder):
    makes = Graded
    finder: re.Pattern

    def mentions(self, caption: str, objects: list[dict]) -> list:
        out = []
        for found in self.finder.finditer(caption):
            stated = {k: v for k, v in found.groupdict().items() if v}
            meant = [(0, i) for i, o in enumerate(objects) if fits(stated, o)]
            out.append((0, found.start() + 1, found.end() + 1, meant))
        return out

    def caption(self, parent: int, caption: dict, objects: list[dict]) -> None:
        asked = f" {caption['caption']}{ANSWER}"
        mentions = self.mentions(caption["caption"], objects)
        node = self.put(parent, KINDS.index(caption["kind"]), asked, f" {caption['rating']}", mentions)
        self.state(node, " ", caption, ANSWER, mentions)

    def state(self, node: int, before: str, caption: dict, after: str, mentions: list) -> None:
        """What is right about the caption of a node, and where in its text it states a relation."""
        relation = RELATION.search(before + caption["caption"], len(before))
        self.lists["parts"][node] = [caption["objects_f1"], caption["attributes_f1"],
                                     caption["relations_right"] if relation else -1.0]
        if relation:
            ends = [end for _, _, end, _ in mentions if end < relation.end()]  # of subject and object: the last two
            _, offsets = self.encode(before + caption["caption"] + after)
            self.lists["sentence"][node] = [max(i for i, (a, _) in enumerate(offsets) if a < end)
                                            for end in (relation.end(), relation.end("word"), *ends[-2:])]

    def put(self, *args) -> int:
        self.lists["sentence"].append([-1] * 4)
        self.lists["parts"].append([-1.0] * 3)
        return super().put(*args)

    def first(self, conversation: dict, kind: str) -> int:
        """What is said of the image before all else."""
        question, answer = (t["value"] for t in conversation["conversations"])
        return self.node(-1, question, answer, self.makes.kinds.index(kind), 0, conversation["mentions"])

    def image(self, scene: dict, context: dict, captions: list[dict]) -> None:
        captions = [c for c in captions if c["kind"] in KINDS]
        for given in (False, True):
            self.open((scene["image_id"],))
            before = self.first(context, "context") if given else -1
            question = self.put(before, KINDS.index("question"), f" {ASK}{QUESTION}" if given else QUESTION, "", [])
            for c in captions:
                self.caption(question, c, scene["objects"])


def portions(folder: Path, classes: dict[str, list[str]], size: int = 2000) -> Iterator[tuple]:
    """Scenes, contexts and captions, as lines, of so many images at a time."""
    captions = open(folder / "captions.jsonl")
    contexts = (line for line in open(folder / "conversations.jsonl") if '"kind":"context"' in line)
    held: str | None = None
    with open(folder / "scenes.jsonl") as f:
        while (part := list(islice(f, size))):
            last = json.loads(part[-1])["image_id"]
            lines = [held] if held else []
            held = None
            for line in captions:  # in the order of scenes; names are of one length
                if line[:60].split('"')[7] > last:
                    held = line
                    break
                lines.append(line)
            yield classes, part, list(islice(contexts, len(part))), lines


def build(portion: tuple, kind: type[Builder] = Builder) -> Graded:
    classes, scene_lines, contexts, captions = portion
    builder = data.builder_here(kind)
    builder.finder = phrase_finder(classes)
    of: dict[str, list[dict]] = {}
    for line in captions:
        c = json.loads(line)
        of.setdefault(c["image_id"], []).append(c)
    for line, context in zip(scene_lines, map(json.loads, contexts), strict=True):
        scene = json.loads(line)
        assert context["image"] == scene["image_id"], f"contexts and scenes differ at {scene['image_id']}"
        builder.image(scene, context, of[scene["image_id"]])
    return builder.talk()


def load(folder: Path, classes: dict[str, list[str]], tokenizer: Tokenizer, index: dict[str, int], cache: Path) -> Graded:
    return data.kept(cache, Graded, lambda: portions(folder, classes), build, tokenizer, index)


class GradedPacker(Packer):
    talk: Graded

    def more(self, nodes: np.ndarray, at: np.ndarray, begin: np.ndarray, b: int) -> dict[str, Tensor]:
        talk = self.talk
        rated = (talk.parts[nodes] >= 0).any(1)
        nodes, at, begin = nodes[rated], at[rated], begin[rated]
        per_unit = np.bincount(at, minlength=b)
        place = np.arange(len(nodes)) - np.repeat(np.cumsum(per_unit) - per_unit, per_unit)
        c = MOST_GRADED if self.fixed else max(1, int(per_unit.max()))
        keep = place < c
        nodes, at, begin, place = nodes[keep], at[keep], begin[keep], place[keep]
        graded_at, parts = np.zeros((b, c, 5), np.int64), np.full((b, c, 3), -1, np.float32)
        graded_at[at, place, 0] = begin + np.minimum(talk.answer_at[nodes], self.length[nodes] - 1)
        graded_at[at, place, 1:] = begin[:, None] + np.maximum(talk.sentence[nodes], 0)
        parts[at, place] = talk.parts[nodes]
        return {"graded_at": torch.from_numpy(graded_at), "parts": torch.from_numpy(parts)}


@torch.no_grad()
def held_out(net, source, grade, layers: tuple[int, ...], tok: Tokenizer, autocast, size: int = 32,
             most: int = 384) -> dict[str, dict[str, float]]:
    """`right`: share of relations told right after each layer, of ratings said exactly; `pairs`, with and without what is
    there before the question: how often the right caption of an image is rated above the one with a fault. The rating
    is the mean over its first digit, which is near enough to that over all digits."""
    digits = torch.tensor([tok.token_to_id(str(d)) for d in range(10)], device=source.device)
    value = torch.tensor([0, 100, *range(25, 100, 10)], device=source.device).float()  # a 1 begins 100 far oftener than 10
    hits: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2))
    pairs: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2))
    for start in range(0, min(most, len(source.graded.units[1])), size):
        p = source.graded.pack(source.graded.units[1][start:start + size], None).to(source.device)
        with autocast():
            logits, _, _, between = net(source.look(p.rows_of_images, net.vision_tower, autocast), p.ids, p.image_at,
                                        p.positions, p.mask(), p.rows, (), layers)
        wanted = p.parts[..., 2]
        for layer, told in zip(layers, grade(between, p.graded_at)[0]):
            right = ((told > 0) == (wanted > 0.5)) & (wanted >= 0)
            hits[f"relation, layer {layer}"] += (float(right.sum()), float((wanted >= 0).sum()))
        # The first token of a number is the space before it; the second answer row says the first digit.
        for b in range(len(p.ids)):
            node = p.node[b]
            rated: dict[str, float] = {}
            for n in node[node >= 0].unique():
                kind = KINDS[p.kinds[n]]
                at = (node == n).nonzero()[:, 0]
                if kind in KINDS[2:]:
                    chance = logits[b, at[1]].float()[digits].softmax(-1)
                    rated[kind] = float(chance @ value)
                    hits["exact"] += (float((logits[b, at].argmax(-1) == p.wanted[b, at]).all()), 1)
            given = "context" if (node >= 0).any() and KINDS[p.kinds[node[0]]] == "context" else "direct"
            for kind in FAULTS:
                if kind in rated:
                    pairs[f"{kind}, {given}"] += (rated["correct"] > rated[kind], 1)
    share = lambda sums: {k: round(float(a / b), 4) for k, (a, b) in sorted(sums.items()) if b}
    return {"right": share(hits), "pairs": share(pairs)}
