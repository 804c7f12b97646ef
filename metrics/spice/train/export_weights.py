#!/usr/bin/env python3
"""Writes trained weights as the program reads them (metrics/spice/fast/weights.cc).

usage: export_weights.py WORK OUTPUT
"""
import json
import struct
import sys

import numpy as np

import model

MASK = (1 << 64) - 1


def mix(a, b):
    product = a * b
    return (product ^ product >> 64) & MASK


def hash_bytes(data):
    """base/hash.h"""
    k0, k1 = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93

    def read(at, size):
        return int.from_bytes(data[at:at + size], "little")

    at, left = 0, len(data)
    h = (left * k1 & MASK) ^ k0
    while left > 16:
        h = mix(h ^ read(at, 8), read(at + 8, 8) ^ k1)
        at, left = at + 16, left - 16
    if left >= 8:
        a, b = read(at, 8), read(at + left - 8, 8)
    elif left >= 4:
        a, b = read(at, 4), read(at + left - 4, 4)
    else:
        a, b = read(at, left), 0
    return mix(mix(h ^ a ^ k0, b ^ k1) ^ k0, k1)


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
    out = b"VSPICE01" + struct.pack("<III", vocabulary["width"], model.ARC, model.RELATION)
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
