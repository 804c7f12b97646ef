"""Conversations of `vernier synth` as token arrays.

A *unit* is an image, or a group of images, with all that is said about it. Its conversations form a
tree of *nodes* (question + answer): conversations that begin alike share their first nodes, so that
several ratings follow one and the same visual context.
"""
from __future__ import annotations

import json
from dataclasses import dataclass, fields
from multiprocessing import Pool
from pathlib import Path
from typing import Callable, Iterator

import numpy as np
from tokenizers import Tokenizer

from tokenizer import ANSWER, ASK, EOS

KINDS = ("existence", "attribute", "color", "shape", "count", "relation", "order", "sign", "caption",
         "context", "rating", "group")


@dataclass
class Talk:
    """Flat arrays; `x_at` of length n+1 says where element i begins in the array below."""

    kinds = KINDS             # what `kind` means
    tokens: np.ndarray        # int16, all nodes' tokens
    token_at: np.ndarray      # nodes + 1
    answer_at: np.ndarray     # nodes: first token of the answer, from the node's start
    parent: np.ndarray        # nodes: node before this one, -1 = follows the images
    kind: np.ndarray          # nodes: place in KINDS
    unit_at: np.ndarray       # units + 1 -> nodes
    images: np.ndarray        # rows of images of all units
    image_at: np.ndarray      # units + 1 -> images
    phrase_at: np.ndarray     # nodes + 1 -> phrases
    phrase_first: np.ndarray  # phrases: first and last token that attend, from the node's start
    phrase_last: np.ndarray
    object_at: np.ndarray     # phrases + 1 -> objects
    object_image: np.ndarray  # number of the image within the unit
    object_id: np.ndarray

    @property
    def images_per_unit(self) -> np.ndarray:
        return np.diff(self.image_at)


class Builder:
    """Collects nodes; `talk` makes arrays of them."""

    makes: type[Talk] = Talk

    def __init__(self, tokenizer: Tokenizer, index: dict[str, int]):
        self.tokenizer, self.index = tokenizer, index
        self.lists: dict[str, list] = {f.name: [] for f in fields(self.makes)}
        for name in ("token_at", "unit_at", "image_at", "phrase_at", "object_at"):
            self.lists[name].append(0)
        self.unit: tuple[str, ...] | None = None
        self.nodes: dict[tuple, int] = {}
        self.cache: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = self.cache.get(text)
        if found is None:
            e = self.tokenizer.encode(text)
            found = (e.ids, e.offsets)
            if len(self.cache) < 300_000:
                self.cache[text] = found
        return found

    def add(self, conversation: dict) -> None:
        names = conversation["image"]
        unit = (names,) if isinstance(names, str) else tuple(names)
        if unit != self.unit:
            self.open(unit)
        kind = KINDS.index(conversation["kind"])
        turns = [t["value"] for t in conversation["conversations"]]
        node = -1
        for t in range(0, len(turns) - 1, 2):
            # A context that comes before a rating is a context.
            this = KINDS.index("context") if conversation["kind"] == "rating" and t + 2 < len(turns) else kind
            key = (node, turns[t], turns[t + 1])
            if key not in self.nodes:
                mentions = [m for m in conversation["mentions"] if m[0] in (t, t + 1)]
                self.nodes[key] = self.node(node, turns[t], turns[t + 1], this, t, mentions)
            node = self.nodes[key]

    def open(self, unit: tuple[str, ...]) -> None:
        self.close()
        self.unit = unit
        self.lists["images"] += [self.index[name] for name in unit]
        self.lists["image_at"].append(len(self.lists["images"]))

    def node(self, parent: int, question: str, answer: str, kind: int, turn: int, mentions: list) -> int:
        """A first question follows the images at once; one behind another turn begins as turns do."""
        cut = question.rfind("<image>\n") + 8 if "<image>\n" in question else 0
        before = "" if parent < 0 else " " + ASK
        shift = len(before) - cut
        moved = [(at - turn, *((start + shift, end + shift) if at == turn else (start + 1, end + 1)), objects)
                 for at, start, end, objects in sorted(mentions)]
        return self.put(parent, kind, before + question[cut:] + ANSWER, " " + answer, moved)

    def put(self, parent: int, kind: int, asked: str, answer: str, mentions: list) -> int:
        """mentions: 0 in what is asked or 1 in the answer, begin and end there, objects. No answer: none is learned."""
        out = self.lists
        ids, offsets = self.encode(asked)
        said, said_offsets = self.encode(answer)
        out["tokens"] += ids + said + [EOS] * bool(answer)
        out["token_at"].append(len(out["tokens"]))
        out["answer_at"].append(len(ids))
        out["parent"].append(parent)
        out["kind"].append(kind)
        for answered, start, end, objects in mentions:
            if not answered:
                last = max(i for i, (a, _) in enumerate(offsets) if a < end)
                first = last
            else:  # the object to be written is looked at from the token before the phrase on
                tokens = [i for i, (a, b) in enumerate(said_offsets) if b > start and a < end]
                first, last = len(ids) + tokens[0] - 1, len(ids) + max(tokens[-1] - 1, tokens[0] - 1)
            out["phrase_first"].append(first)
            out["phrase_last"].append(last)
            out["object_image"] += [image for image, _ in objects]
            out["object_id"] += [o for _, o in objects]
            out["object_at"].append(len(out["object_id"]))
        out["phrase_at"].append(len(out["phrase_first"]))
        return len(out["kind"]) - 1

    def close(self) -> None:
        if self.unit is not None:
            self.lists["unit_at"].append(len(self.lists["kind"]))
        self.unit, self.nodes = None, {}

    def talk(self) -> Talk:
        self.close()
        small = {"tokens", "answer_at", "kind", "phrase_first", "phrase_last", "object_image", "object_id", "sentence"}
        kind_of = {**{k: np.int16 for k in small}, "parts": np.float32}
        return self.makes(**{k: np.asarray(v, kind_of.get(k, np.int32)) for k, v in self.lists.items()})


def chunks(path: Path, lines: int) -> Iterator[list[str]]:
    """Lines in portions. A unit cut in two becomes two units, which does no harm."""
    with open(path) as f:
        part: list[str] = []
        for line in f:
            part.append(line)
            if len(part) == lines:
                yield part
                part = []
        if part:
            yield part


_shared: tuple[str, dict[str, int]]  # of a worker: the tokenizer as text, rows of images by name


def share(text: str, index: dict[str, int]) -> None:
    global _shared
    _shared = text, index


def builder_here(kind: type[Builder] = Builder) -> Builder:
    text, index = _shared
    return kind(Tokenizer.from_str(text), index)


def build(lines: list[str]) -> Talk:
    builder = builder_here()
    for line in lines:
        builder.add(json.loads(line))
    return builder.talk()


def joined(parts: list[Talk]) -> Talk:
    out = {}
    for f in fields(parts[0]):
        arrays = [getattr(p, f.name) for p in parts]
        if f.name.endswith("_at") and f.name != "answer_at":
            ends = np.cumsum([0] + [int(a[-1]) for a in arrays])
            arrays = [a[(i > 0):] + ends[i] for i, a in enumerate(arrays)]
        elif f.name == "parent":
            ends = np.cumsum([0] + [len(p.kind) for p in parts])
            arrays = [np.where(a >= 0, a + ends[i], -1) for i, a in enumerate(arrays)]
        dtype = np.int64 if f.name == "token_at" else getattr(parts[0], f.name).dtype
        out[f.name] = np.concatenate(arrays).astype(dtype)
    return type(parts[0])(**out)


def load(folder: Path, tokenizer: Tokenizer, index: dict[str, int], cache: Path) -> Talk:
    """Tokenised once: kept in the file `cache`."""
    return kept(cache, Talk, lambda: chunks(folder / "conversations.jsonl", 50_000), build, tokenizer, index)


def kept(cache: Path, kind: type[Talk], portions: Callable[[], Iterator], make: Callable[..., Talk],
         tokenizer: Tokenizer, index: dict[str, int]) -> Talk:
    """What `make` makes of all portions, from the file `cache` or into it."""
    if cache.exists():
        with np.load(cache) as z:
            return kind(**{f.name: z[f.name] for f in fields(kind)})
    # Each worker gets the names of images once, not with each portion.
    with Pool(initializer=share, initargs=(tokenizer.to_str(), index)) as pool:
        talk = joined(list(pool.imap(make, portions())))
    cache.parent.mkdir(parents=True, exist_ok=True)
    np.savez(cache.with_suffix(".tmp.npz"), **{f.name: getattr(talk, f.name) for f in fields(kind)})
    cache.with_suffix(".tmp.npz").rename(cache)
    return talk
