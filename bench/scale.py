#!/usr/bin/env python3
"""Shows how time and memory grow with the number of samples.

usage: scale.py VERNIER [--shared DIR] [--huge] [-o results/tables/speed.md]

Growth: Flickr30k (31,014 samples x 4 references) 1, 10 and 100 times over under new ids, scored
with BLEU, ROUGE-L, CIDEr and METEOR on two threads.
--huge: 10 million generated samples x 2 references with BLEU, ROUGE-L and CIDEr; takes about ten
minutes and 4 GB of disk.
"""
import argparse
import gzip
import json
import pathlib
import random
import statistics

from tables import ROOT, machine, peak_memory, run_once, write_section

SUBJECTS = "a man|a woman|two dogs|a child|the girl|a cat|some people|a player|three men|an old lady".split("|")
VERBS = "riding|holding|watching|chasing|near|behind|painting|carrying|throwing|cleaning".split("|")
ADJECTIVES = "red|small|wooden|brown|bright|broken|tall|dirty|shiny|round|long|striped".split("|")
OBJECTS = ("horse|ball|table|bus|bench|guitar|umbrella|kite|bicycle|truck|fence|boat|hat|laptop|cake|sign|"
           "tree|phone|bottle|window").split("|")
PLACES = ("on the beach|in the park|at night|on a street|in a kitchen|next to a lake|under a bridge|"
          "in the snow|during a game|on a field").split("|")


def repeated(shared, path, times):
    source = shared / "data/captions/flickr30k_en.tsv.gz"
    images = {}
    with gzip.open(source, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            image, _, caption = line.rstrip("\n").split("\t", 2)
            images.setdefault(image, []).append(caption)
    with open(path, "w", encoding="utf-8") as out:
        for n in range(times):
            for image, captions in images.items():
                out.write(json.dumps({"image_id": f"{n}-{image}", "candidate": captions[0],
                                      "references": captions[1:]}, ensure_ascii=False) + "\n")
    return len(images) * times


def generated(path, count):
    choose = random.Random(1).choice

    def caption():
        return (f"{choose(SUBJECTS)} {choose(VERBS)} a {choose(ADJECTIVES)} {choose(OBJECTS)} "
                f"{choose(PLACES)}")

    with open(path, "w", encoding="utf-8") as out:
        for n in range(count):
            out.write(f'{{"image_id":{n},"candidate":"{caption()}","references":["{caption()}","{caption()}"]}}\n')


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    ap.add_argument("--huge", action="store_true")
    ap.add_argument("-o", "--output", type=pathlib.Path)
    a = ap.parse_args()
    work = ROOT / "build/scale"
    work.mkdir(parents=True, exist_ok=True)
    data, run = work / "samples.jsonl", work / "run.jsonl"

    def score(metrics):
        return [a.binary, "score", data, "-f", "json", "--quiet", "-t", "2", "-m", metrics, "-o", run]

    if a.huge:
        count = 10_000_000
        generated(data, count)
        size = data.stat().st_size / 2**20
        seconds, _ = run_once(score("bleu,rouge-l,cider"))
        memory = peak_memory(run)
        text = (f"`bench/scale.py --huge` on {machine()}: {count:,} generated samples x 2 references "
                f"({size:,.0f} MiB), BLEU, ROUGE-L and CIDEr, two threads, run file written "
                f"({run.stat().st_size / 2**20:,.0f} MiB): {seconds:.0f} s, {count / seconds:,.0f} samples/s, "
                f"peak {memory:,.0f} MiB (bound: 300 MB + 200 bytes a sample = "
                f"{(300e6 + 200 * count) / 2**20:,.0f} MiB).")
        title = "Ten million samples"
    else:
        lines = ["| times | samples | s | growth | peak MiB |", "|---:|---:|---:|---:|---:|"]
        seconds, samples, memory = {1: [], 10: [], 100: []}, {}, {}
        # A shared machine is slower at times: the short ones take their turns before and after the long one.
        for times, turns in ((1, 9), (10, 2), (100, 1), (10, 2), (1, 9)):
            samples[times] = repeated(a.shared, data, times)
            run_once(score("bleu"))  # warms the caches
            seconds[times] += [run_once(score("bleu,rouge-l,cider,meteor"))[0] for _ in range(turns)]
            memory[times] = peak_memory(run)
        first = statistics.median(seconds[1])
        for times, found in seconds.items():
            middle = statistics.median(found)
            lines.append(f"| {times} | {samples[times]:,} | {middle:.2f} | {middle / first:.1f} | {memory[times]:,.0f} |")
        text = (f"`bench/scale.py` on {machine()}: Flickr30k over and over under new ids, BLEU, ROUGE-L, CIDEr "
                "and METEOR, two threads.\n\n" + "\n".join(lines))
        title = "Growth"
    print(text)
    data.unlink()
    run.unlink()
    (work / "run.jsonl.log").unlink(missing_ok=True)
    if a.output:
        write_section(a.output, title, text)


if __name__ == "__main__":
    main()
