#!/usr/bin/env python3
"""Collects the captions that the fast parser is trained on, none of them held out.

usage: python3 -m captions.collect VERNIER SHARED OUTPUT

Writes OUTPUT/captions.tsv: source TAB caption, tokenised as the caption tools do it (lower case, no
punctuation), each caption once, in an order that does not depend on the files. Captions that occur
in the evaluation sets (sets_*), in dev or in test of the stored parses are left out; they go to
OUTPUT/held_out.txt. Standard library only.
"""
import glob
import gzip
import json
import os
import re
import subprocess
import sys

from hashing import hash_bytes

LONGEST = 88  # words


def held_out(shared):
    captions = set()
    for path in sorted(glob.glob(f"{shared}/data/oracle/spice_parses/*.txt.gz")):
        if os.path.basename(path).startswith("train"):
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# ") and "\t" in line:
                    captions.add(line.rstrip("\n").split("\t", 1)[1])
    for path in sorted(glob.glob(f"{shared}/data/oracle/sets/*/expected.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                captions.add(record["candidate_tokens"])
                captions.update(record["reference_tokens"])
    return captions


def raw_captions(shared):
    """(source, text): captions of people, then sentences of what models wrote."""
    for name in ("flickr30k_en", "flickr8k_en", "coco_karpathy_test_tokenized"):
        with gzip.open(f"{shared}/data/captions/{name}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                image, number, text = line.rstrip("\n").split("\t", 2)
                yield f"{name[:4]}:{image}:{number}", text
    paths = glob.glob(f"{shared}/data/chair/*/*.json*") + glob.glob(f"{shared}/data/amber/responses/*")
    for path in sorted(p for p in paths if "per_caption" not in p):
        text = (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8").read()
        answers = re.findall(r'"(?:text|caption|response)"\s*:\s*("(?:[^"\\]|\\.)*")', text)
        for number, answer in enumerate(answers):
            sentences = re.split(r"(?<=[.!?])\s+|\n+", json.loads(answer))
            # The whole answer too: the caption tools drop the full stops and read one long sentence.
            for part, sentence in enumerate(sentences + [" ".join(sentences)]):
                yield f"{os.path.basename(path).split('.')[0]}:{number}:{part}", sentence


def main():
    vernier, shared, output = sys.argv[1:]
    os.makedirs(output, exist_ok=True)
    out = held_out(shared)
    raw = [(s, " ".join(t.split())) for s, t in raw_captions(shared)]
    tokens = subprocess.run([vernier, "tokenize"], input="\n".join(t for _, t in raw) + "\n",
                            capture_output=True, text=True, check=True).stdout.split("\n")
    captions = {}
    for (source, _), text in zip(raw, tokens):
        if text and text not in out and len(text.split()) <= LONGEST:
            captions.setdefault(text, source)
    with open(f"{output}/captions.tsv", "w", encoding="utf-8") as file:
        for text in sorted(captions, key=lambda text: hash_bytes(text.encode())):
            file.write(f"{captions[text]}\t{text}\n")
    with open(f"{output}/held_out.txt", "w", encoding="utf-8") as file:
        file.writelines(f"{text}\n" for text in sorted(out))
    print(f"{len(raw)} texts, {len(out)} held out, {len(captions)} captions to train on")


if __name__ == "__main__":
    main()
