#!/usr/bin/env python3
"""Invents captions that read like those collected, so that the fast parser sees more of what the
exact one does: its trees cost nothing but time, so there can be any number of them.

usage: invent_captions.py WORK SHARED COUNT [SEED=1]

Reads WORK/captions.tsv (collect_captions.py), writes COUNT captions to WORK/invented.tsv and their
hashes to WORK/invented_hashes.bin. Words are drawn from a model of four words: each next word among
those that followed the three (seldom two) before it somewhere, so phrases are real and their
combinations new. No invented caption is a collected or a held-out one. Standard library only.
"""
import random
import sys
from collections import defaultdict

from collect_captions import held_out, write_captions

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
    work, shared, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    known = held_out(shared)
    captions = []
    with open(f"{work}/captions.tsv", encoding="utf-8") as lines:
        for line in lines:
            text = line.rstrip("\n").split("\t", 1)[1]
            known.add(text)
            captions.append(text.split())
    long, short = successors(captions, 3), successors(captions, 2)
    invented = {}
    while len(invented) < count:
        text = " ".join(invent(long, short, rng))
        if text and text not in known:
            invented.setdefault(text, f"invented:{len(invented)}")
    write_captions(invented, f"{work}/invented.tsv", f"{work}/invented_hashes.bin")


if __name__ == "__main__":
    main()
