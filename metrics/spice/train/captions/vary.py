#!/usr/bin/env python3
"""Makes captions that are near those of people, for the exact parser to label.

usage: python3 -m captions.vary WORK COUNT SEED PARSES… [--sources PREFIX…] [--seldom SHARE]
                               [--wordnet DIR]

Reads WORK/held_out.txt and PARSES (of collected captions, with trees), writes COUNT captions to
WORK/varied_SEED.tsv. Each is a caption of which one constituent was exchanged for another's of the
same label, or some words for others of the same tag, or both. A SHARE of these words are those that
captions seldom or never have (from WordNet): half of the errors on held-out captions were in those
with a word that the others have 20 times at most. The other half were not; captions of one source
varied with what that source has, without seldom words, are for them. No result is a collected or a
held-out caption. Standard library only.
"""
import argparse
import gzip
import random
import re
from collections import Counter, defaultdict

from captions.english_words import WORDNET, Maker

LABELS = {"NP", "VP", "PP", "S", "SBAR", "ADJP", "ADVP"}
LONGEST = 40  # words
SELDOM = 100  # times a tag, at most


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


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("parses", nargs="+")
    parser.add_argument("--sources", nargs="+", default=[""], help="captions of these alone")
    parser.add_argument("--seldom", type=float, default=0.75)
    parser.add_argument("--wordnet", default=WORDNET)
    return parser.parse_args()


class Words:
    """What stands for a word of a tag."""

    def __init__(self, counts, options, rng):
        """Of the captions, by tag."""
        self.seldom, self.rng, self.maker = options.seldom, rng, Maker(options.wordnet, rng)
        self.common = {tag: (list(c), [n ** 0.8 for n in c.values()]) for tag, c in counts.items()}
        self.few = {tag: [word for word, n in c.items() if n <= SELDOM] for tag, c in counts.items()}

    def instead(self, tag, word):
        if self.rng.random() >= self.seldom:
            return self.rng.choices(*self.common[tag])[0]
        if self.rng.random() < 0.33 and self.few[tag]:
            return self.rng.choice(self.few[tag])
        return self.maker.draw(tag, word) or word


def main():
    options = arguments()
    rng = random.Random(options.seed)
    with open(f"{options.work}/held_out.txt", encoding="utf-8") as lines:
        known = {line.rstrip("\n") for line in lines}
    captions, parts, counts = [], defaultdict(list), defaultdict(Counter)
    for source, leaves, found in read_trees(options.parses):
        known.add(" ".join(word for _, word in leaves))
        if not source.startswith(tuple(options.sources)):
            continue
        captions += [(leaves, found)] * (3 if source.startswith("coco") else 1)
        for label, begin, end in found:
            if end - begin <= 12:
                parts[label].append(leaves[begin:end])
        for tag, word in leaves:
            counts[tag][word] += 1
    words = Words(counts, options, rng)
    written = 0
    with open(f"{options.work}/varied_{options.seed}.tsv", "w", encoding="utf-8") as file:
        while written < options.count:
            leaves, found = rng.choice(captions)
            kind = rng.random()
            if kind < 0.6 and found:
                label, begin, end = rng.choice(found)
                leaves = leaves[:begin] + rng.choice(parts[label]) + leaves[end:]
            if kind > 0.25 or not found:
                leaves = list(leaves)
                for _ in range(rng.choice((1, 1, 2, 2, 3))):
                    at = rng.randrange(len(leaves))
                    tag, word = leaves[at]
                    leaves[at] = (tag, words.instead(tag, word))
            text = " ".join(word for _, word in leaves)
            if len(leaves) <= LONGEST and text not in known:
                known.add(text)
                file.write(f"varied{options.seed}:{written}\t{text}\n")
                written += 1


if __name__ == "__main__":
    main()
