#!/usr/bin/env python3
"""Times SPICE: both parsers by caption, and all five caption metrics on a set of the size of COCO's.

usage: spice.py VERNIER [--shared DIR] [--repeat N] [--skip-peers] [-o results/tables/speed.md]

The exact parser needs CoreNLP's grammar among the third-party data. The yard-stick for parsing is what
is stated there of the Java program: 14 captions a second and core. pycocoevalcap (from PyPI, needs Java)
is timed without SPICE, whose models it would download; its SPICE is extrapolated with that figure.
"""
import gzip
import json
import os
import statistics
import subprocess
import sys

from peers import PACKAGES, time_peer
from tables import captions_by_image, machine, parsed_arguments, peer_python, run_once, work_folder, write_section

JAVA = 14  # captions a second and core


def held_out_captions(shared, folder):
    path = folder / "test.tsv"
    with gzip.open(shared / "data/oracle/spice_parses/test.txt.gz", "rt", encoding="utf-8") as lines:
        captions = [line[2:] for line in lines if line.startswith("# ") and line.count("\t") == 1]
    path.write_text("".join(captions), encoding="utf-8")
    return path, len(captions)


def coco_size(shared, folder):
    """5,000 images of COCO: one caption against the other four and one of the next image."""
    source = shared / "data/captions/coco_karpathy_test_tokenized.tsv.gz"
    groups = list(captions_by_image(source).items())
    path = folder / "coco.jsonl"
    with open(path, "w", encoding="utf-8") as file:
        for n, (image, captions) in enumerate(groups):
            other = groups[(n + 1) % len(groups)][1][0]
            file.write(json.dumps({"image_id": image, "candidate": captions[0],
                                   "references": captions[1:5] + [other]}) + "\n")
    return path, len(groups)


def median_seconds(command, repeat):
    return statistics.median(run_once(command)[0] for _ in range(repeat))


def peak_mib(command, text):
    """Memory of a child at its peak. Another process runs it, so that it alone counts."""
    ask = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
           "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)")
    done = subprocess.run([sys.executable, "-c", ask, *map(str, command)], input=text, capture_output=True, text=True,
                          check=True)
    return float(done.stdout)


def main():
    a = parsed_arguments(__doc__, 5)
    work = work_folder()
    os.environ.setdefault("VERNIER_SPICE_GRAMMAR",
                          str(a.shared / "data/spice_grammar/englishPCFG.ser.gz"))
    test, captions = held_out_captions(a.shared, work)
    coco, images = coco_size(a.shared, work)
    one_word = work / "one.tsv"
    one_word.write_text("1\ta dog\n")

    def parse(parser, path):
        return [a.binary, "parse", path, "--input-format", "flickr", "--parser", parser, "-t", "1", "--quiet"]

    def score(metrics, threads):
        return [a.binary, "score", coco, "-m", metrics, "-t", str(threads), "-f", "json", "--quiet"]

    lines = ["| what | s | captions/s | against Java's 14/s a core |", "|---|---:|---:|---:|"]

    def line(what, seconds, count, cores=1):
        lines.append(f"| {what} | {seconds:.3f} | {count / seconds:,.0f} | {count / seconds / JAVA / cores:,.0f}x |")
        print(lines[-1], flush=True)

    for parser in ("exact", "fast"):
        whole = median_seconds(parse(parser, test), a.repeat)
        start = median_seconds(parse(parser, one_word), a.repeat)
        line(f"{parser} parser, {captions:,} captions of `spice_parses/test` to printed blocks, 1 thread, "
             f"without {start:.2f} s of start", whole - start, captions)
    texts = images * 6
    line("spice-fast, raw text to F1, 1 thread, whole process", median_seconds(score("spice-fast", 1), a.repeat), texts)
    five = "bleu,rouge-l,cider,meteor,spice-fast"
    seconds = median_seconds(score(five, 2), a.repeat)
    line(f"{five}: {images:,} images x 5 references, 2 threads, whole process", seconds, texts, 2)
    note = ""
    if not a.skip_peers:
        python = peer_python("peers-venv", PACKAGES)
        peer = time_peer(python, coco, "pycocoevalcap")
        four = sum(one["seconds"] for one in peer.values())
        spice = texts / JAVA / 2
        note = (f"pycocoevalcap on the same {images:,} images: {four:.0f} s without SPICE (measured), and its SPICE "
                f"{spice:,.0f} s (extrapolated: 14 captions a second on each of two cores): "
                f"{(four + spice) / seconds:,.0f}x.\n")
    words = "a man in a red shirt rides a brown horse on the sandy beach near the old pier and "
    memory = []
    for count in (60, 150):
        text = " ".join((words * 10).split()[:count]) + "\n"
        memory.append(f"{peak_mib([a.binary, 'parse', '--parser', 'exact', '-t', '1', '--quiet'], text):.0f} MiB "
                      f"for a caption of {count} words")
    text = (f"`bench/spice.py build/release/bin/vernier -o results/tables/speed.md` on {machine()}; median of "
            f"{a.repeat} runs.\n\n" + "\n".join(lines) + f"\n\n{note}\nPeak memory of the exact parser, one thread, "
            f"grammar included: {', '.join(memory)}.\n")
    print(text)
    if a.output:
        write_section(a.output, "SPICE", text)


if __name__ == "__main__":
    main()
