"""The hash of base/hash.h."""

MASK = (1 << 64) - 1


def mix(a, b):
    product = a * b
    return (product ^ product >> 64) & MASK


def hash_bytes(data):
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
