"""Reads the PNG files of `vernier synth` with nothing but Python: 8-bit RGB, rows unfiltered."""
import struct
import zlib


def read_png(path):
    """Rows of RGB bytes."""
    with open(path, "rb") as file:
        data = file.read()
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    if depth != 8 or kind != 2:
        raise ValueError(f"{path}: expected 8-bit RGB")
    at, packed = 8, b""
    while at < len(data):
        size, = struct.unpack(">I", data[at:at + 4])
        if data[at + 4:at + 8] == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += size + 12
    raw, rows = zlib.decompress(packed), []
    stride = 3 * width + 1
    for y in range(height):
        if raw[y * stride] != 0:
            raise ValueError(f"{path}: expected unfiltered rows")
        rows.append(raw[y * stride + 1:(y + 1) * stride])
    return rows
