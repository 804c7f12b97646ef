"""Packs what is said about an image behind one copy of the image.

    <s>USER: <image>...<image>\\n | node | node | node ...

Every node sees the images, its ancestors and itself, and its positions go on after its parent's (the
images' for a first turn): training on a packed sequence equals inference on single conversations.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from data import Talk
from tokenizer import ASK, BOS, IMAGE, PAD

MOST_PHRASES = 96   # guided tokens per sequence; more are left out
GROUP_BUDGET = 64   # tokens of text after a group of images: little is said about one
MOST_ANSWERS = 192  # answer tokens per sequence where shapes are fixed


@dataclass
class Packed:
    """B sequences of T tokens, R answer rows, G guided tokens; all of the same number of images."""

    rows_of_images: np.ndarray  # [B, images] rows of the scene arrays
    ids: Tensor        # [B,T]
    positions: Tensor  # [B,T]
    slot: Tensor       # [B,T] 0 = images, 1.. = nodes; padding is a node of its own
    sees: Tensor       # [B,S,S] slot sees slot
    rows: Tensor       # [B,R] token before each answer token
    wanted: Tensor     # [B,R] the answer token
    weight: Tensor     # [B,R] 0 = padding
    node: Tensor       # [B,R] number of the answer within the batch, -1 = padding
    kinds: np.ndarray  # kind of each answer of the batch
    guided: Tensor     # [B,G] tokens whose attention is taught
    guided_weight: Tensor  # [B,G]
    target: Tensor     # [B,G,1+images*patches] wanted attention on <s> and the image tokens
    image_at: Tensor   # [images*patches]
    # Of graded captions only (ratings.py):
    graded_at: Tensor | None = None  # [B,C,5] token that says the rating; Graded.sentence
    parts: Tensor | None = None      # [B,C,3] shares of objects, attributes, relations that are right; -1 = none

    def to(self, device: torch.device) -> "Packed":
        return Packed(**{k: v.to(device, non_blocking=True) if isinstance(v, Tensor) else v
                         for k, v in vars(self).items()})

    def mask(self) -> Tensor:
        """[B,T,T], built where the batch is."""
        t = self.ids.shape[1]
        seen = self.sees.gather(1, self.slot[:, :, None].expand(-1, -1, self.sees.shape[2]))  # [B,T,S]
        seen = seen.gather(2, self.slot[:, None, :].expand(-1, t, -1))
        return seen & torch.ones(t, t, dtype=torch.bool, device=self.ids.device).tril()


def up_to(n: int, multiple: int) -> int:
    return max(1, -(-n // multiple)) * multiple


def ranges(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """starts[i], starts[i]+1, ... for each i, one after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0)


class Packer:
    def __init__(self, talk: Talk, centre_patch: np.ndarray, tokenizer, patches: int, budget: int,
                 favour: dict[str, float] | None = None, fixed: bool = False):
        """centre_patch [N,K]: patch of each object's centre. budget: tokens after the images.

        favour: how much likelier a kind is drawn than others when not all fits.
        fixed: all batches of one shape (per number of images), for compiled code.
        """
        self.talk, self.centre_patch, self.patches, self.budget = talk, centre_patch, patches, budget
        self.fixed = fixed
        self.favour = np.array([(favour or {}).get(k, 1.0) for k in talk.kinds])
        self.head = [BOS] + tokenizer.encode(ASK).ids
        self.line = tokenizer.encode("\n").ids
        self.length = np.diff(talk.token_at).astype(np.int64)
        per_unit = talk.images_per_unit
        self.units = {int(k): np.flatnonzero(per_unit == k) for k in np.unique(per_unit)}

    @lru_cache
    def prefix(self, images: int) -> tuple[np.ndarray, np.ndarray]:
        ids = self.head + ([IMAGE] * self.patches + self.line) * images
        return np.array(ids), np.flatnonzero(np.array(ids) == IMAGE)

    def room(self, images: int) -> int:
        return self.budget if images == 1 else min(self.budget, GROUP_BUDGET)

    def choose(self, units: np.ndarray, rng: np.random.Generator | None) -> tuple[np.ndarray, np.ndarray]:
        """-> nodes, place of their unit in the batch; parents before children. rng None: all, in order."""
        talk = self.talk
        first, count = talk.unit_at[units], np.diff(talk.unit_at)[units]
        nodes, at = ranges(first, count), np.repeat(np.arange(len(units)), count)
        if rng is None:
            return nodes, at
        key = rng.exponential(size=len(nodes)) / self.favour[talk.kind[nodes]]
        base = (np.cumsum(count) - count)[at] - first[at]  # node number -> place in `nodes`
        parent = talk.parent[nodes]
        up = np.where(parent >= 0, parent + base, -1)
        for _ in range(3):  # a child comes after its parent, and brings it no forward
            key = np.where(up >= 0, np.maximum(key, key[np.maximum(up, 0)] + 1e-6), key)
        order = np.lexsort((key, at))
        length = self.length[nodes[order]]
        total = np.cumsum(length)
        start = total[np.searchsorted(at[order], np.arange(len(units)))] - length[
            np.searchsorted(at[order], np.arange(len(units)))]
        keep = order[total - start[at[order]] <= self.room(int(self.talk.images_per_unit[units[0]]))]
        return nodes[keep], at[keep]

    def pack(self, units: np.ndarray, rng: np.random.Generator | None) -> Packed:
        talk, b = self.talk, len(units)
        images = int(talk.images_per_unit[units[0]])
        head, image_at = self.prefix(images)
        p = len(head)
        nodes, at = self.choose(units, rng)
        length = self.length[nodes]
        per_unit = np.bincount(at, minlength=b)
        slot = np.arange(len(nodes)) - np.repeat(np.cumsum(per_unit) - per_unit, per_unit) + 1
        total = np.cumsum(length)
        unit_start = np.concatenate([[0], total])[np.cumsum(per_unit) - per_unit]
        begin = p + total - length - unit_start[at]  # place of each node in its sequence

        # Parents: place among the chosen nodes.
        where = dict(zip(nodes.tolist(), range(len(nodes))))
        up = np.array([where.get(n, -1) for n in talk.parent[nodes].tolist()], np.int64).reshape(-1)
        position = np.full(len(nodes), p)
        for _ in range(3):
            position = np.where(up >= 0, position[np.maximum(up, 0)] + length[np.maximum(up, 0)], position)

        widest = int(max(begin + length, default=p)) if len(nodes) else p
        t = up_to(p + self.room(images) if self.fixed else max(widest, p + 8), 8)
        slots = self.budget // 4 if self.fixed else up_to(int(per_unit.max()) + 2, 8)
        ids = np.full((b, t), PAD, np.int64)
        ids[:, :p] = head
        positions = np.zeros((b, t), np.int64)
        positions[:, :p] = np.arange(p)
        slot_of = np.full((b, t), slots - 1, np.int64)
        slot_of[:, :p] = 0
        inside = ranges(np.zeros(len(nodes), np.int64), length)
        row, column = np.repeat(at, length), np.repeat(begin, length) + inside
        ids[row, column] = talk.tokens[ranges(talk.token_at[nodes], length)]
        positions[row, column] = np.repeat(position, length) + inside
        slot_of[row, column] = np.repeat(slot, length)
        sees = np.zeros((b, slots, slots), bool)
        sees[:, np.arange(slots), np.arange(slots)] = True
        sees[:, :, 0] = True
        ancestor = up
        for _ in range(3):
            has = ancestor >= 0
            sees[at[has], slot[has], slot[ancestor[has]]] = True
            ancestor = np.where(has, up[np.maximum(ancestor, 0)], -1)

        # Answers: the token before each answer token must say it.
        answer = talk.answer_at[nodes].astype(np.int64)
        size = length - answer
        rows, wanted, weight, number = self.answers(b, t, ids, at, begin + answer, size)
        kinds = talk.kind[nodes]
        guided, guided_weight, target = self.guides(units, nodes, at, begin, b, images)
        tensor = torch.from_numpy
        return Packed(talk.images[talk.image_at[units][:, None] + np.arange(images)], tensor(ids), tensor(positions),
                      tensor(slot_of), tensor(sees), tensor(rows), tensor(wanted), tensor(weight), tensor(number),
                      kinds, tensor(guided), tensor(guided_weight), tensor(target), tensor(image_at),
                      **self.more(nodes, at, begin, b))

    def more(self, nodes: np.ndarray, at: np.ndarray, begin: np.ndarray, b: int) -> dict[str, Tensor]:
        """What conversations of another kind add to a batch."""
        return {}

    def answers(self, b: int, t: int, ids: np.ndarray, at: np.ndarray, begin: np.ndarray, size: np.ndarray):
        """Every answer weighs the square root of its length: short ones are not drowned by captions."""
        row, column = np.repeat(at, size), np.repeat(begin, size) + ranges(np.zeros(len(at), np.int64), size)
        per_row = np.bincount(row, minlength=b)
        place = np.arange(len(row)) - np.repeat(np.cumsum(per_row) - per_row, per_row)
        r = MOST_ANSWERS if self.fixed else up_to(int(per_row.max()), 16)
        keep = place < r
        row, column, place = row[keep], column[keep], place[keep]
        rows, wanted = np.zeros((b, r), np.int64), np.zeros((b, r), np.int64)
        weight, number = np.zeros((b, r), np.float32), np.full((b, r), -1, np.int64)
        rows[row, place] = column - 1
        wanted[row, place] = ids[row, column]
        weight[row, place] = np.repeat(np.maximum(size, 1) ** -0.5, size)[keep]
        number[row, place] = np.repeat(np.arange(len(at)), size)[keep]
        return rows, wanted, weight, number

    def guides(self, units, nodes, at, begin, b: int, images: int):
        """Attention on <s> and the images: even over <s> and the centre patch of each object that is meant."""
        talk = self.talk
        count = np.diff(talk.phrase_at)[nodes]
        phrase, owner = ranges(talk.phrase_at[nodes], count), np.repeat(np.arange(len(nodes)), count)
        span = (talk.phrase_last[phrase] - talk.phrase_first[phrase] + 1).astype(np.int64)
        token = ranges((begin[owner] + talk.phrase_first[phrase]).astype(np.int64), span)
        unit = np.repeat(at[owner], span)
        source = np.repeat(phrase, span)
        per_unit = np.bincount(unit, minlength=b)
        place = np.arange(len(unit)) - np.repeat(np.cumsum(per_unit) - per_unit, per_unit)
        keep = place < MOST_PHRASES
        token, unit, source, place, span = token[keep], unit[keep], source[keep], place[keep], np.repeat(span, span)[keep]
        g = MOST_PHRASES if self.fixed else min(MOST_PHRASES, up_to(int(per_unit.max()), 16))
        guided, weight = np.zeros((b, g), np.int64), np.zeros((b, g), np.float32)
        target = np.zeros((b, g, 1 + images * self.patches), np.float32)
        guided[unit, place] = token
        weight[unit, place] = 1.0 / span
        many = np.diff(talk.object_at)[source]
        target[unit, place, 0] = 1.0 / (1 + many)
        objects, who = ranges(talk.object_at[source], many), np.repeat(np.arange(len(source)), many)
        image = talk.object_image[objects].astype(np.int64)
        scene = talk.images[talk.image_at[units[unit[who]]] + image]
        patch = 1 + image * self.patches + self.centre_patch[scene, talk.object_id[objects]]
        np.add.at(target, (unit[who], place[who], patch), 1.0 / (1 + many[who]))
        return guided, weight, target
