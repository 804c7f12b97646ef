"""Goldens of datasets/images/decode: what Pillow makes of images_files.py, and of broken ones.

    python tests/oracles/images_decode.py          (Pillow 13.0.0, transformers 5.24.0)
"""

import io
import warnings

import numpy as np
from PIL import Image, ImageOps
from transformers.image_transforms import convert_to_rgb

from images_common import GOLDENS, fnv1a, noise, write_table
from images_files import files

CUT = ["420.jpg", "progressive.jpg", "grey.jpg", "restart.jpg", "cmyk.jpg", "filters.png", "type3-4-interlaced.png",
       "plain.gif", "interlaced.gif", "lossy.webp", "lossless.webp"]
DAMAGED = ["420.jpg", "444-smooth.jpg", "progressive.jpg", "restart.jpg", "ycck.jpg"]


def opened(data):
    return Image.open(io.BytesIO(data))


def rgb(data):
    return opened(data).convert("RGB")


def digest(pixels):
    return f"{fnv1a(np.ascontiguousarray(pixels).tobytes()):016x}"


def verdict(data):
    """The digest, or "refused"."""
    try:
        return digest(np.asarray(rgb(data)))
    except Exception:
        return "refused"


def decoded(made):
    for name, data in made.items():
        plain = rgb(data)
        upright = ImageOps.exif_transpose(opened(data)).convert("RGB")
        white = convert_to_rgb(opened(data), return_numpy=True)
        yield (name, *plain.size, digest(np.asarray(plain)), digest(white), *upright.size, digest(np.asarray(upright)))


def shortest_prefixes(made):
    for name in CUT:
        data = made[name]
        shortest = len(data)
        while shortest > 0 and verdict(data[: shortest - 1]) != "refused":
            shortest -= 1
        yield name, shortest


def damage(data, seed):
    """Three bytes of the second half replaced."""
    out = bytearray(data)
    dice = noise(9, seed).astype(int)
    for high, low, value in dice.reshape(3, 3):
        half = len(out) // 2
        out[half + (high << 8 | low) % (len(out) - half)] = value
    return bytes(out)


def damaged(made):
    for name in DAMAGED:
        for seed in range(24):
            yield name, seed, verdict(damage(made[name], seed))


def main():
    warnings.simplefilter("ignore")
    folder = GOLDENS / "files"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files():
        (folder / name).write_bytes(data)
    made = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    columns = ["file", "width", "height", "rgb", "on_white", "upright_width", "upright_height", "upright"]
    write_table("decode.tsv", columns, decoded(made))
    write_table("shortest.tsv", ["file", "bytes"], shortest_prefixes(made))
    write_table("damaged.tsv", ["file", "seed", "verdict"], damaged(made))


if __name__ == "__main__":
    main()
