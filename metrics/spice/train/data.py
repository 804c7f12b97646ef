"""Parsed captions as arrays: words, tags, heads, relations; and the features of words."""
import glob
import gzip

import numpy as np

from hashing import hash_bytes

HASH_BITS = 24  # of a caption; captions that share them with a held-out one are not trained on
# The features of a word beside the word itself, each hashed into a table of its own. The program
# computes them in metrics/spice/fast/word_features.cc.
AFFIXES = ("suffix1", "suffix2", "suffix3", "suffix4", "prefix2", "prefix3", "shape")
TABLE = 2048
LENGTHS = (8, 11, 14, 20, 40, 88)  # that sentences are padded to; longer ones are left out
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


def caption_hash(caption):
    return hash_bytes(caption.encode()) & (1 << HASH_BITS) - 1


def read_parses(path, wanted=lambda caption: True):
    """(caption, [(words, tags, heads, relations), …]) of a file in the spice-parses format."""
    caption, sentences, rows = None, [], []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# ") and not rows and line.count("\t") == 1:
                if caption is not None and wanted(caption):
                    yield caption, sentences
                caption, sentences = line.rstrip("\n").split("\t")[1], []
            elif line.count("\t") == 4 and not line.startswith("#s "):
                rows.append(line[:-1].split("\t"))
            elif rows:
                words, tags, _, heads, relations = zip(*rows)
                heads = [int(h) for h in heads]
                if min(heads) >= 0 and len(words) <= LENGTHS[-1]:
                    sentences.append((words, tags, heads, relations))
                rows = []
    if caption is not None and wanted(caption):
        yield caption, sentences


class Names:
    """Numbers for names in the order of their appearance."""

    def __init__(self):
        self.numbers = {}

    def of(self, names):
        return [self.numbers.setdefault(name, len(self.numbers)) for name in names]


def pack(path, output, held_out):
    """Writes the parses of a file as one .npz, without captions whose hash is held out."""
    names = [Names() for _ in range(3)]  # of words, tags, relations
    columns, lengths, hashes = [[], [], [], []], [], []
    for caption, sentences in read_parses(path, lambda c: caption_hash(c) not in held_out):
        hashes.append(caption_hash(caption))
        for words, tags, heads, relations in sentences:
            lengths.append(len(words))
            for column, numbers in zip(columns, (names[0].of(words), names[1].of(tags), heads,
                                                 names[2].of(relations))):
                column.extend(numbers)
    np.savez(output, lengths=np.array(lengths, np.uint8), hashes=np.array(hashes, np.uint32),
             words=np.array(columns[0], np.uint16), tags=np.array(columns[1], np.uint8),
             heads=np.array(columns[2], np.uint8), relations=np.array(columns[3], np.uint8),
             **{f"{kind}_names": np.array(list(table.numbers))
                for kind, table in zip(("word", "tag", "relation"), names)})
    return len(lengths), len(hashes)


class Vocabulary:
    """Names of tags and relations, and words: first those with a row of their own."""

    def __init__(self, words, own, tags, relations):
        self.words, self.own = list(words), own
        self.tags, self.relations = list(tags), list(relations)
        self.numbers = {w: n for n, w in enumerate(self.words)}

    @classmethod
    def of(cls, paths, least):
        counts, tags, relations = {}, set(), set()
        for path in paths:
            with np.load(path) as file:
                names, numbers = file["word_names"], np.bincount(file["words"])
                tags.update(file["tag_names"].tolist())
                relations.update(file["relation_names"].tolist())
            for name, count in zip(names.tolist(), numbers.tolist()):
                counts[name] = counts.get(name, 0) + count
        own = sorted(w for w, n in counts.items() if n >= least)
        return cls(own, len(own), sorted(tags), sorted(relations))

    def features(self):
        """[words, 1 + affixes] ids of all words known by now; the last row is padding."""
        rows = [[n + FIRST_WORD if n < self.own else UNKNOWN] + features(w)
                for n, w in enumerate(self.words)]
        return np.array(rows + [[0] * (1 + len(AFFIXES))], np.int32)

    def number(self, word):
        if word not in self.numbers:
            self.numbers[word] = len(self.words)
            self.words.append(word)
        return self.numbers[word]


def numbers_of(names, known):
    """Rare names that no parse of the training has are as good as any wrong answer."""
    return np.array([known.index(n) if n in known else 0 for n in names.tolist()], np.uint8)


def load(paths, vocabulary, longest=LENGTHS):
    """{length: (words, tags, heads, relations, mask)}: arrays [sentences, length] of all files,
    and the hashes of their captions. Words that the vocabulary lacks are added behind its own."""
    parts, hashes = {n: [] for n in longest}, []
    for path in paths:
        with np.load(path) as file:
            lengths = file["lengths"].astype(np.int64)
            hashes.append(file["hashes"])
            words = np.array([vocabulary.number(w) for w in file["word_names"].tolist()], np.int32)
            tags = numbers_of(file["tag_names"], vocabulary.tags)
            relations = numbers_of(file["relation_names"], vocabulary.relations)
            columns = (words[file["words"]], tags[file["tags"]], file["heads"],
                       relations[file["relations"]])
        starts = np.cumsum(lengths) - lengths
        shortest = 0
        for length in longest:
            chosen = np.flatnonzero((lengths > shortest) & (lengths <= length))
            shortest = length
            steps = np.arange(length)
            mask = steps < lengths[chosen, None]
            at = np.where(mask, starts[chosen, None] + steps, 0)
            parts[length].append([np.where(mask, c[at], 0).astype(c.dtype) for c in columns] + [mask])
    return ({n: [np.concatenate(column) for column in zip(*part)] for n, part in parts.items()},
            np.concatenate(hashes))


def paths_of(patterns):
    return sorted({path for pattern in patterns for path in glob.glob(pattern)})
