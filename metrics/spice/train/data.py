"""Parsed captions as arrays: words, affixes, tags, heads, relations."""
import glob
import gzip
import random
from collections import Counter

import numpy as np

from hashing import hash_bytes

HASH = (1 << 48) - 1
# The features of a word beside the word itself, each hashed into a table of its own. The program
# computes them in metrics/spice/fast/word_features.cc.
AFFIXES = ("suffix1", "suffix2", "suffix3", "suffix4", "prefix2", "prefix3", "shape")
TABLE = 4096
PADDED = (8, 12, 16, 24, 40, 64)  # lengths that sentences are padded to
UNKNOWN, FIRST_WORD = 1, 2  # ids of words; 0 is padding


def fnv1a(data):
    value = 2166136261
    for byte in data:
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def features(word):
    shape = (any(c in "0123456789" for c in word) | ("-" in word) << 1 | ("'" in word) << 2
             | (not word.isascii()) << 3 | min(len(word), 15) << 4)
    parts = [word[-1:], word[-2:], word[-3:], word[-4:], word[:2], word[:3], chr(shape + 33)]
    return [fnv1a(bytes([n]) + part.encode()) % TABLE for n, part in enumerate(parts)]


def read_hashes(path):
    """What collect_captions.py wrote: hashes of the captions that may be trained on."""
    with open(path, "rb") as file:
        data = file.read()
    return {int.from_bytes(data[n:n + 6], "little") for n in range(0, len(data), 6)}


def read_parses(pattern, allowed=None):
    """(words, tags, heads, relations) of every sentence of files in the spice-parses format.

    Where there is a set of hashes, only of captions in it."""
    for path in sorted(glob.glob(pattern)):
        words, tags, heads, relations = [], [], [], []
        wanted = True
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                fields = line.rstrip("\n").split("\t")
                if len(fields) == 2 and line.startswith("# "):
                    wanted = allowed is None or hash_bytes(fields[1].encode()) & HASH in allowed
                if len(fields) == 5 and not line.startswith("#s "):
                    words.append(fields[0])
                    tags.append(fields[1])
                    heads.append(int(fields[3]))
                    relations.append(fields[4])
                elif words:
                    if wanted and min(heads) >= 0 and len(words) <= PADDED[-1]:
                        yield words, tags, heads, relations
                    words, tags, heads, relations = [], [], [], []


class Vocabulary:
    def __init__(self, words, tags, relations):
        self.words, self.tags, self.relations = words, tags, relations
        self.word_ids = {w: n + FIRST_WORD for n, w in enumerate(words)}
        self.tag_ids = {t: n for n, t in enumerate(tags)}
        self.relation_ids = {r: n for n, r in enumerate(relations)}
        self.cache = {}

    @classmethod
    def of(cls, sentences, least):
        count = Counter(w for s in sentences for w in s[0])
        words = sorted(w for w, n in count.items() if n >= least)
        return cls(words, sorted({t for s in sentences for t in s[1]}),
                   sorted({r for s in sentences for r in s[3]}))

    def encode(self, sentence):
        words, tags, heads, relations = sentence
        for word in words:
            if word not in self.cache:
                self.cache[word] = [self.word_ids.get(word, UNKNOWN)] + features(word)
        ids = np.array([self.cache[w] for w in words], np.int32)
        return (ids, np.array([self.tag_ids.get(t, 0) for t in tags], np.int32),
                np.array(heads, np.int32),
                np.array([self.relation_ids.get(r, 0) for r in relations], np.int32))


def batches(encoded, size, seed=None):
    """Padded arrays (ids, tags, heads, relations, mask); shuffled and full where there is a seed."""
    groups = {n: [] for n in PADDED}
    for sentence in encoded:
        groups[next(n for n in PADDED if n >= len(sentence[0]))].append(sentence)
    rng = random.Random(seed)
    result = []
    for length, group in groups.items():
        if seed is not None:
            rng.shuffle(group)
        count = max(16, size * 12 // length) // 16 * 16  # about as many words in each batch
        for begin in range(0, len(group), count):
            part = group[begin:begin + count]
            if seed is not None:
                part = part + [rng.choice(group) for _ in range(count - len(part))]
            ids = np.zeros((count, length, 1 + len(AFFIXES)), np.int32)
            tags, heads, relations = (np.zeros((count, length), np.int32) for _ in range(3))
            mask = np.zeros((count, length), np.float32)
            for row, (i, t, h, r) in enumerate(part):
                n = len(i)
                ids[row, :n], tags[row, :n], heads[row, :n], relations[row, :n] = i, t, h, r
                mask[row, :n] = 1
            result.append((ids, tags, heads, relations, mask))
    if seed is not None:
        rng.shuffle(result)
    return result
