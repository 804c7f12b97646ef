"""Goldens of datasets/images/resample: what Pillow's Image.resize gives.

    python tests/oracles/images_resample.py        (13.0.0 made those that are committed)
"""

from PIL import Image

from images_common import fnv1a, picture, write_table

FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "lanczos": Image.Resampling.LANCZOS,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
}
SIZES = [
    ((1, 1), (1, 1)), ((1, 1), (7, 5)), ((1, 1), (336, 336)), ((9, 1), (1, 9)), ((1, 13), (13, 1)),
    ((1, 97), (4, 31)), ((113, 1), (40, 3)), ((2, 2), (3, 3)), ((2, 3), (64, 48)), ((3, 2), (2, 3)),
    ((5, 7), (7, 5)), ((5, 7), (5, 14)), ((5, 7), (11, 7)), ((17, 16), (16, 17)), ((16, 16), (8, 8)),
    ((31, 33), (30, 34)), ((33, 31), (1, 1)), ((64, 48), (224, 224)), ((100, 75), (33, 25)),
    ((101, 77), (50, 150)), ((127, 63), (64, 127)), ((150, 200), (336, 336)), ((199, 211), (14, 14)),
    ((255, 257), (256, 256)), ((333, 250), (224, 224)), ((320, 240), (336, 252)),
    ((500, 11), (49, 200)), ((11, 500), (200, 49)), ((640, 48), (512, 39)), ((47, 53), (47, 53)),
    ((700, 2), (3, 2)), ((2, 700), (2, 3)), ((1000, 1), (7, 1)), ((3, 4), (1000, 2)),
    ((97, 89), (89, 97)), ((384, 216), (378, 378)),
    # The order of the passes: rows fewer by twice the fewer columns, by one more, by one less.
    ((60, 90), (50, 70)), ((60, 90), (50, 69)), ((60, 90), (50, 71)), ((60, 90), (61, 89)),
    ((60, 90), (61, 91)), ((40, 900), (30, 100)),
]


def main():
    rows = []
    for seed, (size, wanted) in enumerate(SIZES):
        for name, resampling in FILTERS.items():
            image = Image.fromarray(picture(*size, seed)).resize(wanted, resampling)
            rows.append((*size, *wanted, name, seed, f"{fnv1a(image.tobytes()):016x}"))
    write_table("resample.tsv", ["width", "height", "to_width", "to_height", "filter", "seed", "hash"], rows)


if __name__ == "__main__":
    main()
