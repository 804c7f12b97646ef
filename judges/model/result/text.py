"""Objects named in a text, and agreement of rankings."""
from __future__ import annotations

import re
from collections import Counter

import numpy as np

NUMBERS = {w: i for i, w in enumerate("zero one two three four five six".split())}


def words_of(scenes: list[dict]) -> dict[str, set[str]]:
    names = {"shape": "name", "color": "color", "size": "size", "pattern": "pattern"}
    return {k: {o[n] for s in scenes for o in s["objects"] if o.get(n)} for k, n in names.items()}


def objects_of(text: str, keys: tuple[str, ...], scenes: list[dict], _cache: dict = {}) -> list[tuple]:
    """(shape, colour, ...) of each noun phrase: a shape's name and the adjectives right before it.

    "the X" that was named before is the same object again; "two Xs" are two.
    """
    if id(scenes) not in _cache:
        _cache[id(scenes)] = words_of(scenes)
    known = _cache[id(scenes)]
    found: list[tuple] = []
    words = re.findall(r"[A-Za-z0-9]+|[^\sA-Za-z0-9]", text.lower())
    for i, word in enumerate(words):
        noun = word if word in known["shape"] else word.removesuffix("s")
        if noun not in known["shape"]:
            continue
        about, j = {"shape": noun}, i - 1
        while j >= 0 and (kind := next((k for k in ("color", "size", "pattern") if words[j] in known[k]), None)):
            about.setdefault(kind, words[j])
            j -= 1
        this = tuple(about.get(k) for k in keys)
        before = words[j] if j >= 0 else ""
        if before == "the" and any(all(a is None or a == b for a, b in zip(this, f)) for f in found):
            continue
        many = NUMBERS.get(before, int(before) if before.isdigit() else 1) if noun != word else 1
        found += [this] * many
    return found


HEADINGS = ("objects", "features", "relationships")


def objects_of_context(text: str, keys: tuple[str, ...], scenes: list[dict], _cache: dict = {}) -> list[tuple]:
    """(shape, colour, ...) of each line "- NAME: FEATURE, FEATURE" under "Features:"."""
    if id(scenes) not in _cache:
        _cache[id(scenes)] = words_of(scenes)
    known, found = _cache[id(scenes)], []
    for line in section(text, "features"):
        name, _, rest = line.partition(":")
        about = {"shape": name.strip()}
        for word in rest.replace(",", " ").split():
            about |= {k: word for k in ("color", "size", "pattern") if word in known[k]}
        found.append(tuple(about.get(k) for k in keys))
    return found


def section(text: str, heading: str) -> list[str]:
    """Bullets under a heading."""
    here, out = False, []
    for line in text.splitlines():
        if line.rstrip().lower().removesuffix(":") in HEADINGS:
            here = line.rstrip().lower().removesuffix(":") == heading
        elif here and line.startswith("- "):
            out.append(line[2:])
    return out


def well_formed(text: str) -> bool:
    """The three headings, once each and in order, and nothing but bullets under them."""
    lines = [line.rstrip() for line in text.splitlines()]
    heads = [line.lower().removesuffix(":") for line in lines if not line.startswith("- ")]
    return heads == list(HEADINGS)


def truth_of(scene: dict, keys: tuple[str, ...]) -> list[tuple]:
    return [tuple(o.get("name" if k == "shape" else k) for k in keys) for o in scene["objects"]]


def comparable(objects: list[tuple]) -> list[tuple]:
    """Captions say of a sign what is written on it, not its colour and size."""
    return [(o[0], *(None for _ in o[1:])) if o[0] == "sign" else o for o in objects]


def agreement(told: list[tuple], truth: list[tuple]) -> int:
    return sum((Counter(told) & Counter(truth)).values())


def kendall(x: np.ndarray, y: np.ndarray) -> float:
    """tau-b."""
    a, b = np.sign(x[:, None] - x[None]), np.sign(y[:, None] - y[None])
    return float((a * b).sum() / max(np.sqrt((a != 0).sum() * float((b != 0).sum())), 1e-12))
