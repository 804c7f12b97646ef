#!/usr/bin/env python3
"""Makes captions that are near those of people, for the exact parser to label.

usage: vary_captions.py WORK COUNT SEED PARSES…

Reads WORK/held_out.txt and PARSES (of collected captions, with trees), writes COUNT captions to
WORK/varied_SEED.tsv. Each is a caption of which one constituent was exchanged for another's of the
same label, or some words for others of the same tag, or both. Seldom words come more often than they
do in captions: the parser knows every word's tags exactly, and what it sees of a word is all the
network can know of it. No result is a collected or a held-out caption. Standard library only.
"""
import gzip
import random
import re
import sys
from collections import Counter, defaultdict

LABELS = {"NP", "VP", "PP", "S", "SBAR", "ADJP", "ADVP"}
LONGEST = 40  # words


def spans(tree):
    """(label, begin, end) of the constituents with two words or more, and tags and words."""
    open_, found, leaves = [], [], []
    for bracket, label, word in re.findall(r"(\()([^ ()]+) ?|([^ ()]+)?\)", tree):
        if bracket:
            open_.append((label, len(leaves)))
            continue
        label, begin = open_.pop()
        if word:
            leaves.append((label, word))
        elif len(leaves) - begin > 1 and label in LABELS:
            found.append((label, begin, len(leaves)))
    return found, leaves


def read_trees(paths):
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            source = caption = None
            for line in lines:
                if line.startswith("# ") and line.count("\t") == 1:
                    source, caption = line[2:].rstrip("\n").split("\t")
                elif line.startswith("#t "):
                    found, leaves = spans(line[3:])
                    if leaves and " ".join(word for _, word in leaves) == caption:
                        yield source, leaves, found


def main():
    work, count, seed, *paths = sys.argv[1:]
    rng = random.Random(int(seed))
    with open(f"{work}/held_out.txt", encoding="utf-8") as lines:
        known = {line.rstrip("\n") for line in lines}
    captions, parts, words = [], defaultdict(list), defaultdict(Counter)
    for source, leaves, found in read_trees(paths):
        known.add(" ".join(word for _, word in leaves))
        captions += [(leaves, found)] * (3 if source.startswith("coco") else 1)
        for label, begin, end in found:
            if end - begin <= 12:
                parts[label].append(leaves[begin:end])
        for tag, word in leaves:
            words[tag][word] += 1
    choices = {}
    for tag, counts in words.items():
        kept = [(word, n ** 0.6) for word, n in counts.items() if n > 1] or [("", 1.0)]
        choices[tag] = tuple(zip(*kept))
    written = 0
    with open(f"{work}/varied_{seed}.tsv", "w", encoding="utf-8") as file:
        while written < int(count):
            leaves, found = rng.choice(captions)
            kind = rng.random()
            if kind < 0.6 and found:
                label, begin, end = rng.choice(found)
                leaves = leaves[:begin] + rng.choice(parts[label]) + leaves[end:]
            if kind > 0.4 or not found:
                leaves = list(leaves)
                for _ in range(1 + (rng.random() < 0.5) + (rng.random() < 0.3)):
                    at = rng.randrange(len(leaves))
                    tag, word = leaves[at]
                    new = rng.choices(*choices[tag])[0]
                    leaves[at] = (tag, new or word)
            text = " ".join(word for _, word in leaves)
            if len(leaves) <= LONGEST and text not in known:
                known.add(text)
                file.write(f"varied{seed}:{written}\t{text}\n")
                written += 1


if __name__ == "__main__":
    main()
