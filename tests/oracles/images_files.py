"""Small pictures in every spelling of JPEG, PNG, GIF and WebP that vernier reads.

images_decode.py calls this; the files are committed beside their goldens.
"""

import io
import shutil
import struct
import subprocess
import zlib

import numpy as np
from PIL import Image

from images_common import noise, picture


def encoded(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def exif(orientation, order="<"):
    mark = b"II" if order == "<" else b"MM"
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    other = struct.pack(order + "HHIHH", 0x0100, 3, 1, 9, 0)
    return b"Exif\0\0" + mark + struct.pack(order + "HIH", 42, 8, 2) + other + entry + b"\0" * 4


def jpegs():
    rough, smooth = Image.fromarray(picture(37, 29, 1)), Image.fromarray(picture(37, 58, 2)).crop((0, 29, 37, 58))
    for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
        yield f"{name}.jpg", encoded(rough, "JPEG", subsampling=sampling, quality=80)
        yield f"{name}-smooth.jpg", encoded(smooth, "JPEG", subsampling=sampling, quality=90)
    yield "progressive.jpg", encoded(rough, "JPEG", progressive=True, quality=60)
    yield "restart.jpg", encoded(smooth, "JPEG", restart_marker_blocks=2)
    yield "grey.jpg", encoded(rough.convert("L"), "JPEG")
    yield "rgb.jpg", encoded(rough, "JPEG", keep_rgb=True, quality=50)
    yield "low-quality.jpg", encoded(rough, "JPEG", quality=3)
    yield "one-pixel.jpg", encoded(rough.crop((3, 3, 4, 4)), "JPEG")
    yield "one-row.jpg", encoded(rough.crop((0, 3, 37, 4)), "JPEG")
    yield "behind-the-end.jpg", encoded(smooth, "JPEG") + b"more"
    cmyk = Image.merge("CMYK", [Image.fromarray(noise(40 * 32, c).reshape(32, 40)) for c in range(4)])
    inks = encoded(cmyk, "JPEG", quality=95)
    yield "cmyk.jpg", inks
    adobe = inks.index(b"Adobe")
    yield "ycck.jpg", inks[: adobe + 11] + b"\2" + inks[adobe + 12 :]
    yield "cmyk-unsaid.jpg", inks[: adobe - 4] + inks[adobe + 12 :]
    small = rough.crop((0, 0, 5, 3))
    for orientation in range(10):
        order = "<" if orientation % 2 else ">"
        yield f"exif-{orientation}.jpg", encoded(small, "JPEG", exif=exif(orientation, order), quality=30)
    if shutil.which("cjpeg"):  # libjpeg-turbo-progs
        ppm = encoded(rough, "PPM")
        for name, sampling in (("440", "1x2"), ("411", "4x1"), ("odd", "1x2,2x1,1x1")):
            command = ["cjpeg", "-quality", "80", "-sample", sampling]
            yield f"{name}.jpg", subprocess.run(command, input=ppm, stdout=subprocess.PIPE, check=True).stdout


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed(samples, bits):
    """Rows of samples [height, n] as PNG scan lines without a filter."""
    if bits == 16:
        lines = samples.astype(">u2").tobytes()
    elif bits == 8:
        lines = samples.astype(np.uint8).tobytes()
    else:
        planes = (samples[..., None] >> np.arange(bits - 1, -1, -1)) & 1
        lines = np.packbits(planes.reshape(len(samples), -1).astype(np.uint8), axis=1).tobytes()
    size = len(lines) // len(samples)
    return b"".join(b"\0" + lines[i * size : (i + 1) * size] for i in range(len(samples)))


def png(samples, kind, bits, extra=b"", interlaced=False, behind=b""):
    """samples: [height, width, channels]."""
    height, width, _ = samples.shape
    steps = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
    parts = [samples[y::dy, x::dx] for y, x, dy, dx in steps] if interlaced else [samples]
    lines = b"".join(packed(part.reshape(len(part), -1), bits) for part in parts if part.size)
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(lines, 9)) + behind
            + chunk(b"IEND", b""))


def samples_of(bits, channels, seed, width=13, height=11):
    high, low = noise(width * height * channels, seed), noise(width * height * channels, seed + 100)
    values = high.astype(np.uint16) << 8 | low
    # 16-bit samples below 256 are those that Pillow does not make white.
    values[::3] &= 0xFF if bits == 16 else 0xFFFF
    return (values >> (16 - bits)).reshape(height, width, channels) if bits < 16 else values.reshape(height, width, channels)


def pngs():
    palette = chunk(b"PLTE", noise(3 * 11, 77).tobytes())
    kinds = {0: (1, (1, 2, 4, 8, 16)), 2: (3, (8, 16)), 3: (1, (1, 2, 4, 8)), 4: (2, (8, 16)), 6: (4, (8, 16))}
    for kind, (channels, depths) in kinds.items():
        for bits in depths:
            samples = samples_of(bits, channels, kind * 16 + bits)
            colours = palette if kind == 3 else b""
            if kind == 3:
                samples = samples % 11 if bits == 4 else samples % 13 if bits == 8 else samples
                colours = chunk(b"PLTE", noise(3 * min(11, 1 << bits), 77).tobytes())
            for interlaced in (False, True):
                name = f"type{kind}-{bits}{'-interlaced' if interlaced else ''}.png"
                yield name, png(samples, kind, bits, colours, interlaced)
            if kind in (0, 2):
                stored = b"".join(struct.pack(">H", int(v)) for v in samples[4, 5])
                yield f"type{kind}-{bits}-clear.png", png(samples, kind, bits, chunk(b"tRNS", stored))
            if kind == 3:
                clear = colours + chunk(b"tRNS", bytes([200, 0]))
                yield f"type{kind}-{bits}-clear.png", png(samples, kind, bits, clear)
                clear = colours + chunk(b"tRNS", bytes([255, 0]))
                yield f"type{kind}-{bits}-clear-one.png", png(samples, kind, bits, clear)
    low = samples_of(8, 1, 5).astype(np.uint16)
    yield "type0-16-clear-low.png", png(low, 0, 16, chunk(b"tRNS", struct.pack(">H", int(low[2, 2, 0]))))
    value, alpha = np.meshgrid(np.arange(256), np.arange(256))
    every = np.stack([value, 255 - value, value, alpha], axis=-1).astype(np.uint8)
    yield "every-alpha.png", encoded(Image.fromarray(every), "PNG", optimize=True)
    yield "filters.png", encoded(Image.fromarray(picture(61, 47, 3)), "PNG")
    yield "one-pixel.png", encoded(Image.fromarray(picture(1, 1, 3)), "PNG")
    turned = samples_of(8, 3, 9, 4, 3)
    yield "exif.png", png(turned, 2, 8, chunk(b"eXIf", exif(6)[6:]))
    yield "exif-behind.png", png(turned, 2, 8, behind=chunk(b"eXIf", exif(8, ">")[6:]))
    yield "texts.png", png(turned, 2, 8, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 5000)) + chunk(b"gAMA", b"\0\0\xff\xff"))


def gifs():
    def indexed(seed, colours, size=(23, 19)):
        image = Image.fromarray((noise(size[0] * size[1], seed) % colours).reshape(size[1], size[0]))
        image.putpalette(noise(3 * colours, seed + 1).tobytes())
        return image

    plain = encoded(indexed(1, 200), "GIF", interlace=0)
    yield "plain.gif", plain
    yield "interlaced.gif", encoded(indexed(2, 100, (17, 31)), "GIF", interlace=1)
    yield "four-colours.gif", encoded(indexed(3, 4), "GIF", interlace=0)
    yield "clear.gif", encoded(indexed(4, 16), "GIF", transparency=3)
    yield "grey.gif", encoded(Image.fromarray(picture(9, 7, 1)[..., 0]), "GIF")
    yield "animated.gif", encoded(indexed(5, 32), "GIF", save_all=True, append_images=[indexed(6, 32), indexed(7, 32)],
                                  duration=40, transparency=5)
    yield "one-pixel.gif", encoded(indexed(8, 2, (1, 1)), "GIF")
    frame = plain.index(b",\0\0\0\0", 13 + 256 * 3)
    moved = plain[: frame + 1] + struct.pack("<HH", 5, 2) + plain[frame + 5 :]
    yield "beyond-the-screen.gif", moved
    yield "within-the-screen.gif", moved[:6] + struct.pack("<HH", 40, 30) + moved[10:]
    clear = b"!\xf9\4\1\0\0\x09\0"
    wide = moved[:6] + struct.pack("<HH", 40, 30) + moved[10:]
    yield "within-clear.gif", wide[: wide.index(b",\5\0\2\0", 13 + 256 * 3)] + clear + wide[wide.index(b",\5\0\2\0", 13 + 256 * 3) :]
    # The global palette made local; without any palette.
    flags = plain[10]
    table = plain[13 : 13 + (3 << (flags & 7) + 1)]
    head, body = plain[:10] + bytes([flags & 0x7F]) + plain[11:13], plain[13 + len(table) :]
    at = body.index(b",\0\0\0\0")
    yield "local-palette.gif", head + body[: at + 9] + bytes([0x80 | flags & 7]) + table + body[at + 10 :]
    yield "no-palette.gif", head + body


def webps():
    rough, smooth = Image.fromarray(picture(37, 29, 1)), Image.fromarray(picture(37, 58, 2)).crop((0, 29, 37, 58))
    alpha = smooth.copy()
    alpha.putalpha(Image.fromarray(noise(37 * 29, 5).reshape(29, 37)))
    yield "lossy.webp", encoded(rough, "WEBP", quality=60)
    yield "lossy-smooth.webp", encoded(smooth, "WEBP", quality=90)
    yield "lossless.webp", encoded(smooth, "WEBP", lossless=True)
    yield "clear.webp", encoded(alpha, "WEBP", quality=70)
    yield "clear-lossless.webp", encoded(alpha, "WEBP", lossless=True, exact=True)
    yield "animated.webp", encoded(alpha.crop((0, 0, 9, 8)), "WEBP", save_all=True,
                                   append_images=[rough.crop((0, 0, 9, 8)).convert("RGBA")], lossless=True)
    yield "one-pixel.webp", encoded(rough.crop((0, 0, 1, 1)), "WEBP")
    yield "exif.webp", encoded(rough.crop((0, 0, 5, 3)), "WEBP", lossless=True, exif=exif(7))


def files():
    for group in (jpegs, pngs, gifs, webps):
        yield from group()
