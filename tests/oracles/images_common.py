"""Pictures that Python and C++ make alike, and a hash of what became of them.

tests/datasets/images/drawn.h says the same in C++.
"""

import pathlib

import numpy as np

GOLDENS = pathlib.Path(__file__).resolve().parent.parent / "datasets" / "images" / "goldens"


def noise(count, seed):
    """`count` bytes: the highest of SplitMix64 (Steele et al. 2014) at seed * 2^32 + i."""
    with np.errstate(over="ignore"):
        x = np.arange(1, count + 1, dtype=np.uint64) + np.uint64(seed << 32)
        x *= np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
    return (x >> np.uint64(56)).astype(np.uint8)


def picture(width, height, seed):
    """[height, width, 3]: slopes of colour, the upper half under noise."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    slopes = ((x * (3 + c) + y * (5 - c) + seed) & 255).astype(np.uint8)
    rough = noise(height * width * 3, seed).reshape(height, width, 3)
    return np.where(2 * y < height, rough, slopes).astype(np.uint8)


def fnv1a(data):
    """64 bits (Fowler, Noll, Vo)."""
    value = 0xCBF29CE484222325
    for byte in bytes(data):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def write_table(name, columns, rows):
    GOLDENS.mkdir(parents=True, exist_ok=True)
    with open(GOLDENS / name, "w", encoding="utf-8", newline="\n") as out:
        print("#" + "\t".join(columns), file=out)
        for row in rows:
            print("\t".join(str(cell) for cell in row), file=out)
