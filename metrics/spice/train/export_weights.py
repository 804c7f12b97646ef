#!/usr/bin/env python3
"""Writes trained weights as the program reads them (metrics/spice/fast/weights.cc).

usage: export_weights.py WORK OUTPUT
"""
import json
import struct
import sys

import numpy as np

import data
import model
from hashing import hash_bytes

def text(string):
    data = string.encode()
    return bytes([len(data)]) + data


def floats(values):
    return np.asarray(values, "<f4").tobytes()


def matrix(params, name, limit):
    w = params[name + ".w"]
    scale = np.abs(w).max(0, keepdims=True) / 127 + 1e-12
    entries = np.round(w / scale).astype(np.int8)
    return floats(limit) + entries.tobytes() + floats(scale[0]) + floats(params[name + ".b"])


def table(values):
    return np.clip(np.round(values * model.TABLE_SCALE), -127, 127).astype(np.int8).tobytes()


def main():
    work, output = sys.argv[1:]
    with open(f"{work}/vocabulary.json", encoding="utf-8") as file:
        vocabulary = json.load(file)
    params = dict(np.load(f"{work}/weights.npz"))
    out = b"VSPICE01" + struct.pack("<IIII", vocabulary["width"], model.ARC, model.RELATION,
                                     data.TABLE)
    out += text(vocabulary["blocks"])
    names = (vocabulary["tags"], vocabulary["relations"], vocabulary["words"])
    out += struct.pack("<III", *map(len, names))
    out += b"".join(text(name) for group in names for name in group)
    out += floats(model.TABLE_SCALE) + table(params["words"]) + table(params["affixes"])
    for n, kind in enumerate(vocabulary["blocks"]):
        out += matrix(params, f"{n}.in", model.CLIP)
        if kind == "G":
            out += matrix(params, f"{n}.out", params[f"{n}.limit"])
    out += matrix(params, "heads", model.CLIP)
    out += floats(params["relation.w"]) + floats(params["relation.b"]) + floats(params["root"])
    with open(output, "wb") as file:
        file.write(out + struct.pack("<Q", hash_bytes(out)))


if __name__ == "__main__":
    main()
