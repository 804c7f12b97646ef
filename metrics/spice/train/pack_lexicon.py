#!/usr/bin/env python3
"""Packs what the exact parser's lexicon says of words for train_parser.py --lexicon.

usage: pack_lexicon.py WORK words > WORK/words.txt
       vernier parse WORK/words.txt --parser exact --lexicon | pack_lexicon.py WORK pack OUTPUT

Words are those of WORK/captions.tsv and of WordNet. The network gives rows of their own to listed
words that captions or WordNet's own texts have, and to common words of captions; its vectors of all
words learn to say how well the tags go with them. So it knows seldom words before it has seen them
in captions.
"""
import collections
import sys

import numpy as np

import data
from captions.english_words import WORDNET, dictionary

COMMON = 100  # captions with a word
TAGS = 96
OTHERS = 40000  # words without a row of their own that affixes are learned from
USUAL = 17  # tags that all scores of a word are compared with the best of
MOST_SEEN = 60  # tags of words that are common enough to have only those that they were seen with
LOWEST, HIGHEST = -10.0, 4.0


def caption_counts(work):
    counts = collections.Counter()
    with open(f"{work}/captions.tsv", encoding="utf-8") as lines:
        for line in lines:
            counts.update(set(line.rstrip("\n").split("\t")[1].split()))
    return counts


def english():
    """{word: weight}"""
    weights = {}
    for words in dictionary(WORDNET).values():
        for word, weight in words.items():
            weights[word] = max(weight, weights.get(word, 0))
    return weights


def read_lexicon(lines):
    """{word: (listed, {tag: score})}"""
    lexicon = {}
    for line in lines:
        if line.startswith("#l "):
            word, listed, *scores = line[3:].rstrip("\n").split("\t")
            lexicon[word] = listed == "listed", {tag: float(score) for tag, score in map(str.split, scores)}
    return lexicon


def chosen_tags(lexicon, counts):
    """Those that most words of captions were seen with."""
    uses = collections.Counter()
    for word, (listed, scores) in lexicon.items():
        if listed and word in counts and len(scores) <= MOST_SEEN:
            uses.update(scores)
    return [tag for tag, _ in uses.most_common(TAGS)]


def scores_of(scores, tags):
    level = max((scores[tag] for tag in tags[:USUAL] if tag in scores), default=max(scores.values()))
    return [min(HIGHEST, max(LOWEST, scores[tag] - level)) if tag in scores else LOWEST for tag in tags]


def main():
    work, what = sys.argv[1:3]
    counts, weights = caption_counts(work), english()
    if what == "words":
        print(*sorted({*counts, *weights}), sep="\n")
        return
    lexicon = read_lexicon(sys.stdin)
    own = sorted(word for word, (listed, _) in lexicon.items()
                 if counts[word] >= COMMON or listed and (word in counts or weights.get(word, 0) >= 1))
    others = sorted((counts.keys() | {word for word, weight in weights.items() if weight >= 1})
                    & lexicon.keys() - set(own))
    others = np.random.default_rng(1).permutation(others)[:OTHERS].tolist()
    tags = chosen_tags(lexicon, counts)
    scores = np.array([scores_of(lexicon[word][1], tags) for word in own + others])
    np.savez_compressed(sys.argv[3], words=np.array(own + others), own=len(own),
                        scores=np.round(scores * data.LEXICON_STEPS).astype(np.int8))
    print(f"{len(own)} words with rows of their own, {len(others)} others, {len(tags)} tags")


if __name__ == "__main__":
    main()
