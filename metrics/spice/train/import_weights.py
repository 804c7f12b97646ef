#!/usr/bin/env python3
"""Reads the program's weights back, for train_parser.py --from; export_weights.py in reverse.

usage: import_weights.py ../fast/fast_parser.weights ../fast/caption_hashes.bin WORK

They are those of the running mean, rounded to 8 bits: what training ended with.
"""
import json
import os
import shutil
import struct
import sys

import numpy as np

import data
import model


class Reader:
    def __init__(self, content):
        self.content, self.at = content, 0

    def numbers(self, kind, *shape):
        kind = np.dtype(kind)
        count = int(np.prod(shape))
        out = np.frombuffer(self.content, kind, count, self.at).reshape(shape)
        self.at += count * kind.itemsize
        return out

    def text(self):
        size = self.content[self.at]
        self.at += 1 + size
        return self.content[self.at - size:self.at].decode()

    def matrix(self, rows, columns):
        """(limit of its input, weights, bias)"""
        limit = self.numbers("<f4", 1)[0]
        entries = self.numbers("i1", rows, columns).astype(np.float32)
        scale = self.numbers("<f4", columns)
        return limit, entries * scale, self.numbers("<f4", columns)


def main():
    path, hashes, work = sys.argv[1:]
    with open(path, "rb") as file:
        reader = Reader(file.read())
    assert reader.numbers("S8", 1)[0] == b"VSPICE01"
    width, arc, hidden, table = reader.numbers("<u4", 4).tolist()
    assert (arc, hidden, table) == (model.ARC, model.RELATION, data.TABLE)
    blocks = reader.text()
    tags, relations, words = ([reader.text() for _ in range(n)]
                              for n in reader.numbers("<u4", 3).tolist())
    scale = reader.numbers("<f4", 1)[0]
    params = {"words": reader.numbers("i1", len(words) + data.FIRST_WORD, width) / scale,
              "affixes": reader.numbers("i1", table * len(data.AFFIXES), width) / scale}

    def matrix(name, rows, columns):
        limit, params[name + ".w"], params[name + ".b"] = reader.matrix(rows, columns)
        return limit

    for n, kind in enumerate(blocks):
        if kind == "G":
            matrix(f"{n}.in", width, 2 * width)
            params[f"{n}.limit"] = matrix(f"{n}.out", width, width)
        else:
            matrix(f"{n}.in", 3 * width, width)
    matrix("heads", width, len(tags) + 2 * arc + 2 * hidden)
    params["relation.w"] = reader.numbers("<f4", hidden, len(relations))
    params["relation.b"] = reader.numbers("<f4", len(relations))
    params["root"] = reader.numbers("<f4", arc)
    assert reader.at + 8 == len(reader.content)
    os.makedirs(work, exist_ok=True)
    np.savez(f"{work}/weights.npz", **params)
    with open(f"{work}/vocabulary.json", "w", encoding="utf-8") as file:
        json.dump({"words": words, "tags": tags, "relations": relations, "blocks": blocks,
                   "width": width}, file)
    shutil.copy(hashes, f"{work}/caption_hashes.bin")


if __name__ == "__main__":
    main()
