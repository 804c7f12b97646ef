#!/usr/bin/env python3
"""Invents captions that read like those collected, so that the fast parser sees more of what the
exact one does: its trees cost nothing but time, so there can be any number of them.

usage: python3 -m captions.invent WORK COUNT [SEED=1]

Reads WORK/captions.tsv and WORK/held_out.txt (captions.collect), writes COUNT captions to
WORK/invented_SEED.tsv. Words are drawn from a model of four words: each next word among those that
followed the three (seldom two) before it somewhere, so phrases are real and their combinations new.
Captions of COCO count three times: few are collected and most evaluation sets are of their kind. No
invented caption is a collected or a held-out one. Standard library only.
"""
import random
import sys
from collections import defaultdict

END = ""


def successors(captions, context):
    table = defaultdict(list)
    for words in captions:
        padded = [END] * context + words + [END]
        for n in range(context, len(padded)):
            table[tuple(padded[n - context:n])].append(padded[n])
    return table


def invent(long, short, rng):
    words = [END] * 3
    while len(words) < 3 + 45:
        following = long[tuple(words[-3:])]
        # Where only one caption goes on so, two words of context let it turn elsewhere.
        if len(following) < 2 or rng.random() < 0.08:
            following = short[tuple(words[-2:])]
        word = rng.choice(following)
        if word == END:
            break
        words.append(word)
    return words[3:]


def main():
    work, count = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    rng = random.Random(seed)
    captions = []
    with open(f"{work}/held_out.txt", encoding="utf-8") as lines:
        known = {line.rstrip("\n") for line in lines}
    with open(f"{work}/captions.tsv", encoding="utf-8") as lines:
        for line in lines:
            source, text = line.rstrip("\n").split("\t", 1)
            known.add(text)
            captions += [text.split()] * (3 if source.startswith("coco") else 1)
    long, short = successors(captions, 3), successors(captions, 2)
    with open(f"{work}/invented_{seed}.tsv", "w", encoding="utf-8") as file:
        number = 0
        while number < count:
            text = " ".join(invent(long, short, rng))
            if text and text not in known:
                known.add(text)
                file.write(f"invented{seed}:{number}\t{text}\n")
                number += 1


if __name__ == "__main__":
    main()
