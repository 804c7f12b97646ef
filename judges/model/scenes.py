"""Scenes of `vernier synth`: images, instance maps and what the objects are, as arrays."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ATTRIBUTES = ("shape", "color", "size", "pattern", "word")


@dataclass
class Scenes:
    images: np.ndarray      # uint8 [N,H,W,3], memory-mapped
    instances: np.ndarray   # uint8 [N,H,W], 0 = background, k+1 = object k
    labels: dict[str, np.ndarray]  # attribute -> int16 [N,K], -1 = no such object or attribute
    centers: np.ndarray     # float32 [N,K,2], pixels
    counts: np.ndarray      # int16 [N]
    index: dict[str, int]   # image id -> row

    def __len__(self) -> int:
        return len(self.images)


def attribute(obj: dict, name: str) -> str | None:
    return obj.get({"word": "text", "shape": "name"}.get(name, name))


def class_lists(folder: Path) -> dict[str, list[str]]:
    """The values of every attribute that occur, sorted; class numbers are places in these lists."""
    seen: dict[str, set[str]] = {a: set() for a in ATTRIBUTES}
    most = 0
    with open(folder / "scenes.jsonl") as f:
        for line in f:
            objects = json.loads(line)["objects"]
            most = max(most, len(objects))
            for o in objects:
                for a in ATTRIBUTES:
                    if (value := attribute(o, a)):
                        seen[a].add(value)
    return {**{a: sorted(v) for a, v in seen.items()}, "rank": [str(i) for i in range(most)]}


def load(folder: Path, classes: dict[str, list[str]]) -> Scenes:
    most = len(classes["rank"])
    number = {a: {v: i for i, v in enumerate(classes[a])} for a in ATTRIBUTES}
    images = np.load(folder / "images.npy", mmap_mode="r")
    n = len(images)
    labels = {a: np.full((n, most), -1, np.int16) for a in ATTRIBUTES}
    centers = np.zeros((n, most, 2), np.float32)
    counts = np.zeros(n, np.int16)
    index: dict[str, int] = {}
    with open(folder / "scenes.jsonl") as f:
        for i, line in enumerate(f):
            scene = json.loads(line)
            index[scene["image_id"]] = i
            objects = scene["objects"][:most]
            counts[i] = len(objects)
            for k, o in enumerate(objects):
                centers[i, k] = o["center"]
                for a in ATTRIBUTES:
                    labels[a][i, k] = number[a].get(attribute(o, a), -1)
    ranks = np.full((n, most), -1, np.int16)
    real = np.arange(most) < counts[:, None]
    order = np.argsort(np.where(real, centers[..., 0], np.inf), axis=1, kind="stable")
    np.put_along_axis(ranks, order, np.arange(most, dtype=np.int16)[None].repeat(n, 0), 1)
    labels["rank"] = np.where(real, ranks, -1).astype(np.int16)
    return Scenes(images, np.load(folder / "instances.npy", mmap_mode="r"), labels, centers, counts, index)
