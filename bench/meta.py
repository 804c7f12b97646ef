#!/usr/bin/env python3
"""Agreement of metrics with people: published values beside ours.

usage: meta.py VERNIER [--shared DIR] [-o results/tables/meta.md]

Flickr8k-Expert with every caption metric, FLEUR's scores from their files, Pascal-50S and THumB. Needs
the ratings and the grammar of SPICE among the third-party data, and METEOR's data (make data); refuses
without.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

from tables import ROOT, write_section

# Tau-c and tau-b x 100 as published.
PUBLISHED = {
    "bleu-1": ("32.3", "32.2"), "bleu-4": ("30.8", "30.6"), "rouge-l": ("32.3", "32.1"),
    "meteor": ("41.8", "41.5"), "cider": ("43.9", "43.6"), "spice": ("44.9", "51.7"),
}
METRICS = ["bleu-1", "bleu-2", "bleu-3", "bleu-4", "rouge-l", "meteor", "cider", "spice", "spice-fast"]


def meta(arguments, *more):
    command = [arguments.binary, "meta", *map(str, more), "-f", "json", "--quiet"]
    child = subprocess.run(command, stdout=subprocess.PIPE)
    if child.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {child.returncode}")
    return json.loads(child.stdout)


def hundredfold(value):
    return f"{100 * value:.2f}"


def verdict(value, published):
    """Whether a value x 100 is the published one to the decimals that it has."""
    if published is None:
        return "-"
    decimals = len(published.partition(".")[2])
    return "reproduced" if abs(100 * value - float(published)) <= 0.5 * 10**-decimals + 1e-9 else "not reproduced"


def table(head, sides, rows):
    lines = [head, ["---:" if side == "r" else "---" for side in sides], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def flickr8k(arguments, data):
    found = meta(arguments, data / "flickr8k_expert/flickr8k_expert.json.gz", "-m", ",".join(METRICS))
    rows = []
    for name in METRICS:
        metric = found["metrics"][name]
        tau_c, tau_b = PUBLISHED.get(name, (None, None))
        low, high = metric["intervals"]["tau_c"]
        rows.append([name, tau_c or "-", hundredfold(metric["tau_c"]), f"{hundredfold(low)} to {hundredfold(high)}",
                     verdict(metric["tau_c"], tau_c), tau_b or "-", hundredfold(metric["tau_b"]),
                     verdict(metric["tau_b"], tau_b), metric["distinct_scores"], f"{100 * metric['tie_rate']:.2f} %"])
    rows.sort(key=lambda row: float(row[2]))
    head = ["metric", "published tau-c", "tau-c", "95 % interval", "", "published tau-b", "tau-b", "", "distinct scores", "ties"]
    differences = []
    for d in found["comparisons"]:
        if {d["a"], d["b"]} & {"cider"}:
            sign, other = (1, d["b"]) if d["a"] == "cider" else (-1, d["a"])
            low, high = sorted(100 * sign * end for end in d["tau_c"]["interval"])
            differences.append([f"cider less {other}", f"{100 * sign * d['tau_c']['difference']:+.2f}",
                                f"{low:+.2f} to {high:+.2f}", f"{d['tau_c']['p']:.3f}", f"{d['tau_c']['p_holm']:.3f}"])
    return (f"{found['n']:,} ratings of {found['counts']['captions']:,} captions, tau x 100. "
            f"`{found['statistics']}` over {found['counts']['images']:,} images.\n\n"
            + table(head, "lrrrlrrlrr", rows)
            + "\n\nIs CIDEr closer to people than another? Tau-c x 100 on the same resamples; Holm's correction is for "
            "all pairs of these metrics:\n\n"
            + table(["", "difference", "95 % interval", "p", "p (Holm)"], "lrrrr", differences))


def files(arguments, data):
    rows = []

    def add(what, statistic, published, value):
        rows.append([what, statistic, published, f"{100 * value:.3f}", verdict(value, published)])

    ratings = data / "flickr8k_expert/flickr8k_expert.json.gz"
    scores = data / "flickr8k_expert/fleur_scores.tsv.gz"
    for column in ("fleur_score", "raw_score"):
        found = meta(arguments, ratings, "--scores", f"{scores}:{column}", "--resamples", 0)
        published = {"fleur_score": ("53.0", "52.7"), "raw_score": ("34.9", "56.1")}[column]
        add(f"Flickr8k-Expert, FLEUR ({column})", "tau-c", published[0], found["tau_c"])
        add(f"Flickr8k-Expert, FLEUR ({column})", "tau-b", published[1], found["tau_b"])
    for category, published in (("HC", "61.3"), ("HI", "99.7")):
        found = meta(arguments, data / f"pascal50s/pascal50s_{category}.json.gz", "--scores",
                     f"{data}/pascal50s/fleur_{category}.tsv.gz:fleur", "--resamples", 0)
        add(f"Pascal-50S {category}, FLEUR", "accuracy", published, found["accuracy"])
    for people, published in ((False, {"rouge-l": "31.4", "cider": "33.4"}), (True, {"rouge-l": "18.7", "cider": "22.4"})):
        found = meta(arguments, data / "thumb/mscoco_THumB-1.0.jsonl.gz", "-r", data / "thumb/mscoco_references.jsonl.gz",
                     "-m", "rouge-l,cider", "--resamples", 0, *([] if people else ["--exclude", "sys=Human"]))
        for name, value in published.items():
            add(f"THumB {'with' if people else 'without'} people's captions, {name}", "Pearson", value,
                found["metrics"][name]["pearson"])
    return table(["what", "statistic", "expected", "ours x 100", ""], "llrrl", rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    ap.add_argument("-o", "--output", type=pathlib.Path)
    arguments = ap.parse_args()
    data = arguments.shared / "data/meta_eval"
    grammar = arguments.shared / "data/spice_grammar/englishPCFG.ser.gz"
    for needed in (data, grammar):
        if not needed.exists():
            sys.exit(f"{needed}: not there; give the third-party data with --shared")
    os.environ.setdefault("VERNIER_SPICE_GRAMMAR", str(grammar))
    command = "`bench/meta.py build/release/bin/vernier -o results/tables/meta.md`"
    sections = [
        ("Flickr8k-Expert", f"{command}: every caption metric of this program beside the values that captioning papers "
         f"report.\n\n{flickr8k(arguments, data)}\n\nSPICE ties a quarter of all pairs of captions, "
         "which is why its tau-b and tau-c are seven apart."),
        ("FLEUR, Pascal-50S, THumB", f"{command}. Scores from files, and Pearson's r of our metrics with THumB's total; "
         f"expected are published "
         f"values or, for FLEUR's tau-b, the unsmoothed scores and THumB, those of a second implementation.\n\n{files(arguments, data)}"),
    ]
    for title, text in sections:
        if arguments.output:
            write_section(arguments.output, title, text)
        else:
            print(f"## {title}\n\n{text}\n")


main()
