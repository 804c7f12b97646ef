#!/usr/bin/env python3
"""Packs parses (vernier parse …, gzip) into arrays for train_parser.py.

usage: pack_parses.py WORK OUTPUT FILE…

Each FILE gives OUTPUT/NAME.npz. Captions that share their hash with one of WORK/held_out.txt are left
out, so that the list of hashes alone shows that no held-out caption was trained on. An empty
WORK (-) leaves none out, for dev and test.
"""
import multiprocessing
import os
import sys

import data


def pack(job):
    path, output, held_out = job
    name = os.path.basename(path).split(".")[0] + ".npz"
    if os.path.exists(f"{output}/{name}"):
        return f"{name}: there"
    sentences, captions = data.pack(path, f"{output}/new_{name}", held_out)
    os.replace(f"{output}/new_{name}", f"{output}/{name}")
    return f"{name}: {sentences} sentences of {captions} captions"


def main():
    work, output, *paths = sys.argv[1:]
    os.makedirs(output, exist_ok=True)
    held_out = set()
    if work != "-":
        with open(f"{work}/held_out.txt", encoding="utf-8") as lines:
            held_out = {data.caption_hash(line.rstrip("\n")) for line in lines}
    with multiprocessing.Pool() as pool:
        for line in pool.imap_unordered(pack, [(path, output, held_out) for path in paths]):
            print(line, flush=True)


if __name__ == "__main__":
    main()
