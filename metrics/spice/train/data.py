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
LEXICON_STEPS = 12  # of scores of a lexicon's tags, to 1
STEPS, ABSENT = 24, 255  # gaps of alternatives are stored in steps of 1/24; alternatives that are none


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
    """(caption, [(words, tags, heads, relations, others), …]) of a file in the spice-parses format.

    `others` are the parses that the next best trees make (vernier parse --best N): by how much they
    are less probable (ln), and [tag, head, relation] of each word."""
    caption, sentences, rows, others = None, [], [], []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# ") and not rows and line.count("\t") == 1:
                if caption is not None and wanted(caption):
                    yield caption, sentences
                caption, sentences = line.rstrip("\n").split("\t")[1], []
            elif line.startswith("#b "):
                gap, *parsed = line[3:-1].split("\t")
                if float(gap) < 0:
                    others.append((-float(gap), [part.split(" ") for part in parsed]))
            elif line.count("\t") == 4 and not line.startswith("#s "):
                rows.append(line[:-1].split("\t"))
            elif rows and line == "\n":
                words, tags, _, heads, relations = zip(*rows)
                heads = [int(h) for h in heads]
                if min(heads) >= 0 and len(words) <= LENGTHS[-1]:
                    sentences.append((words, tags, heads, relations, others))
                rows, others = [], []
    if caption is not None and wanted(caption):
        yield caption, sentences


def alternatives(sentence):
    """What else the next best trees say of words, and by how much less probable the best of those
    that say it is: {(word, head): gap}, and of words that have another tag, or another relation to
    the same head, the best such one: {word: (gap, name)}."""
    _, tags, heads, relations, others = sentence
    other_heads, other_tags, other_relations = {}, {}, {}
    for gap, parsed in others:  # the best first
        for n, (tag, head, relation) in enumerate(parsed):
            head = int(head)
            if tag != tags[n]:
                other_tags.setdefault(n, (gap, tag))
            if head != heads[n] and head >= 0:
                other_heads.setdefault((n, head), gap)
            elif head == heads[n] and relation != relations[n]:
                other_relations.setdefault(n, (gap, relation))
    return other_heads, other_tags, other_relations


def steps(gap):
    return min(ABSENT - 1, round(gap * STEPS))


class Names:
    """Numbers for names in the order of their appearance."""

    def __init__(self):
        self.numbers = {}

    def of(self, names):
        return [self.numbers.setdefault(name, len(self.numbers)) for name in names]


def pack(path, output, held_out):
    """Writes the parses of a file as one .npz, without captions whose hash is held out."""
    names = [Names() for _ in range(3)]  # of words, tags, relations
    columns, lengths, hashes = [[] for _ in range(8)], [], []
    arcs, arc_counts = [], []  # [word, head, gap] of other heads; how many of each sentence
    for caption, sentences in read_parses(path, lambda c: caption_hash(c) not in held_out):
        hashes.append(caption_hash(caption))
        for sentence in sentences:
            words, tags, heads, relations, _ = sentence
            other_heads, other_tags, other_relations = alternatives(sentence)
            arcs += [(word, head, steps(gap)) for (word, head), gap in sorted(other_heads.items())]
            arc_counts.append(len(other_heads))
            lengths.append(len(words))
            second = [[(steps(found[n][0]), found[n][1]) if n in found else (ABSENT, first[n])
                       for n in range(len(words))]
                      for found, first in ((other_tags, tags), (other_relations, relations))]
            for column, numbers in zip(columns, (
                    names[0].of(words), names[1].of(tags), heads, names[2].of(relations),
                    names[1].of(tag for _, tag in second[0]), [gap for gap, _ in second[0]],
                    names[2].of(relation for _, relation in second[1]), [gap for gap, _ in second[1]])):
                column.extend(numbers)
    np.savez(output, lengths=np.array(lengths, np.uint8), hashes=np.array(hashes, np.uint32),
             words=np.array(columns[0], np.uint16), tags=np.array(columns[1], np.uint8),
             heads=np.array(columns[2], np.uint8), relations=np.array(columns[3], np.uint8),
             other_tags=np.array(columns[4], np.uint8), tag_gaps=np.array(columns[5], np.uint8),
             other_relations=np.array(columns[6], np.uint8), relation_gaps=np.array(columns[7], np.uint8),
             arc_counts=np.array(arc_counts, np.uint16),
             **dict(zip(("arc_words", "arc_heads", "arc_gaps"), np.array(arcs, np.uint8).reshape(-1, 3).T)),
             **{f"{kind}_names": np.array(list(table.numbers))
                for kind, table in zip(("word", "tag", "relation"), names)})
    return len(lengths), len(hashes)


class Lexicon:
    """Words, those that get rows of their own first, and the scores of their tags."""

    def __init__(self, path):
        with np.load(path) as file:
            self.words, self.own, self.scores = file["words"].tolist(), int(file["own"]), file["scores"]


class Vocabulary:
    """Names of tags and relations, and words: first those with a row of their own."""

    def __init__(self, words, own, tags, relations, lexicon_tags=0):
        self.words, self.own, self.lexicon_tags = list(words), own, lexicon_tags
        self.tags, self.relations = list(tags), list(relations)
        self.numbers = {w: n for n, w in enumerate(self.words)}

    @classmethod
    def of(cls, paths, least, lexicon=None):
        counts, tags, relations = {}, set(), set()
        for path in paths:
            with np.load(path) as file:
                names, numbers = file["word_names"], np.bincount(file["words"])
                tags.update(file["tag_names"].tolist())
                relations.update(file["relation_names"].tolist())
            for name, count in zip(names.tolist(), numbers.tolist()):
                counts[name] = counts.get(name, 0) + count
        if lexicon:
            return cls(lexicon.words, lexicon.own, sorted(tags), sorted(relations), lexicon.scores.shape[1])
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
    """{length: (words, tags, heads, relations, other tags, their gaps, other relations, their gaps,
    gaps of heads, mask)}: arrays [sentences, length], gaps of heads with length + 1 columns more, of
    all files, and the hashes of their captions. Words that the vocabulary lacks are added behind its
    own."""
    parts, hashes = {n: [] for n in longest}, []
    for path in paths:
        with np.load(path) as file:
            lengths = file["lengths"].astype(np.int64)
            hashes.append(file["hashes"])
            words = np.array([vocabulary.number(w) for w in file["word_names"].tolist()], np.int32)
            tags = numbers_of(file["tag_names"], vocabulary.tags)
            relations = numbers_of(file["relation_names"], vocabulary.relations)
            columns = (words[file["words"]], tags[file["tags"]], file["heads"],
                       relations[file["relations"]], tags[file["other_tags"]], file["tag_gaps"],
                       relations[file["other_relations"]], file["relation_gaps"])
            arc_sentences = np.repeat(np.arange(len(lengths)), file["arc_counts"])
            arcs = [file["arc_" + name] for name in ("words", "heads", "gaps")]
        starts = np.cumsum(lengths) - lengths
        shortest = 0
        for length in longest:
            chosen = np.flatnonzero((lengths > shortest) & (lengths <= length))
            shortest = length
            mask = np.arange(length) < lengths[chosen, None]
            at = np.where(mask, starts[chosen, None] + np.arange(length), 0)
            padded = [np.where(mask, c[at], 0).astype(c.dtype) for c in columns]
            gaps = np.full((len(chosen), length, length + 1), ABSENT, np.uint8)
            row_of = np.full(len(lengths), -1)
            row_of[chosen] = np.arange(len(chosen))
            own = row_of[arc_sentences] >= 0
            arc_words, arc_heads, arc_gaps = (column[own] for column in arcs)
            gaps[row_of[arc_sentences[own]], arc_words, arc_heads] = arc_gaps
            rows, places = np.nonzero(mask)
            gaps[rows, places, padded[2][rows, places]] = 0
            parts[length].append(padded + [gaps, mask])
    return ({n: [np.concatenate(column) for column in zip(*part)] for n, part in parts.items()},
            np.concatenate(hashes))


def paths_of(patterns):
    return sorted({path for pattern in patterns for path in glob.glob(pattern)})
