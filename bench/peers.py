#!/usr/bin/env python3
"""Times vernier and the tools it replaces on the same captions in one run.

usage: peers.py VERNIER [--shared DIR] [--repeat N] [--skip-slow] [-o results/tables/speed.md]

Input: Flickr30k, the first caption of each of 31,014 images against the other four. Peers are
installed from PyPI into build/peers-venv; pycocoevalcap needs Java. Every figure is wall-clock time
of a whole process (vernier) or of the library call alone (peers: reading their input and starting
Python is not counted, which favours them). Each vernier figure is the median of N runs.
"""
import argparse
import gzip
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ["pycocoevalcap==1.2", "sacrebleu==2.6.0", "rouge-score==0.1.2", "rouge-rust"]

PEER = r'''
import json, sys, time, os
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-Xmx4g")
path, tool = sys.argv[1], sys.argv[2]
rows = [json.loads(line) for line in open(path, encoding="utf-8")]
out = {}
def timed(name, function):
    start = time.perf_counter()
    value = function()
    out[name] = {"seconds": time.perf_counter() - start, "value": value}
    return value
if tool == "pycocoevalcap":
    from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer
    from pycocoevalcap.bleu.bleu import Bleu
    from pycocoevalcap.rouge.rouge import Rouge
    from pycocoevalcap.cider.cider import Cider
    from pycocoevalcap.meteor.meteor import Meteor
    gts = {r["image_id"]: [{"caption": c} for c in r["references"]] for r in rows}
    res = {r["image_id"]: [{"caption": r["candidate"]}] for r in rows}
    start = time.perf_counter()
    tokenizer = PTBTokenizer()
    gts, res = tokenizer.tokenize(gts), tokenizer.tokenize(res)
    out["tokenizer"] = {"seconds": time.perf_counter() - start, "value": None}
    timed("bleu", lambda: Bleu(4).compute_score(gts, res, verbose=0)[0])
    timed("rouge-l", lambda: float(Rouge().compute_score(gts, res)[0]))
    timed("cider", lambda: float(Cider().compute_score(gts, res)[0]))
    timed("meteor", lambda: float(Meteor().compute_score(gts, res)[0]))
elif tool == "sacrebleu":
    import sacrebleu
    hyps = [r["candidate"] for r in rows]
    refs = [[r["references"][k] for r in rows] for k in range(4)]
    timed("sacrebleu", lambda: sacrebleu.corpus_bleu(hyps, refs).score)
    timed("chrf", lambda: sacrebleu.corpus_chrf(hyps, refs).score)
    timed("chrf++", lambda: sacrebleu.corpus_chrf(hyps, refs, word_order=2).score)
    timed("ter", lambda: sacrebleu.corpus_ter(hyps, refs).score)
elif tool == "rouge_score":
    from rouge_score.rouge_scorer import RougeScorer
    types = ["rouge1", "rouge2", "rougeL"]
    scorer = RougeScorer(types, use_stemmer=False)
    def run():
        totals = dict.fromkeys(types, 0.0)
        for r in rows:
            best = scorer.score_multi(r["references"], r["candidate"])
            for t in types: totals[t] += best[t].fmeasure
        return {t: v / len(rows) for t, v in totals.items()}
    timed("rouge_score", run)
print(json.dumps(out))
'''


def flickr30k(shared, path):
    images = {}
    source = shared / "data/captions/flickr30k_en.tsv.gz"
    with gzip.open(source, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            image, _, caption = line.rstrip("\n").split("\t", 2)
            images.setdefault(image, []).append(caption)
    with open(path, "w", encoding="utf-8") as out:
        for image, captions in images.items():
            out.write(json.dumps({"image_id": image, "candidate": captions[0],
                                  "references": captions[1:]}, ensure_ascii=False) + "\n")
    return len(images)


def venv(path):
    python = path / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", path], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def peer(python, data, tool):
    done = subprocess.run([python, "-c", PEER, str(data), tool], capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{tool}: {done.stderr.strip()[-400:]}", file=sys.stderr)
        return {}
    return json.loads(done.stdout.strip().splitlines()[-1])


def vernier(binary, arguments, repeat):
    seconds, memory, out = [], 0, None
    for _ in range(repeat + 1):
        start = time.perf_counter()
        child = subprocess.Popen([binary, *arguments], stdout=subprocess.PIPE)
        out = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        seconds.append(time.perf_counter() - start)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"vernier {' '.join(arguments)}: exit code {child.returncode}")
        memory = max(memory, usage.ru_maxrss)
    return statistics.median(seconds[1:]), memory / 1024, out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    ap.add_argument("--repeat", type=int, default=7)
    ap.add_argument("--skip-slow", action="store_true", help="leave the peers out")
    ap.add_argument("-o", "--output", type=pathlib.Path)
    a = ap.parse_args()
    work = ROOT / "build/peers"
    work.mkdir(parents=True, exist_ok=True)
    data = work / "flickr30k.jsonl"
    samples = flickr30k(a.shared, data)
    run = str(work / "run.jsonl")

    peers = {}
    if not a.skip_slow:
        python = venv(ROOT / "build/peers-venv")
        for tool in ("pycocoevalcap", "sacrebleu", "rouge_score"):
            peers.update(peer(python, data, tool))
        old = ("tokenizer", "bleu", "rouge-l", "cider", "meteor")
        if all(name in peers for name in old):
            peers["all four"] = {"seconds": sum(peers[name]["seconds"] for name in old)}

    score = ["score", str(data), "-f", "json", "--quiet"]
    jobs = [
        ("all four", "bleu, rouge-l, cider, meteor", 2, [*score, "-t", "2", "-o", run, "-m", "bleu,rouge-l,cider,meteor"]),
        ("all four", "bleu, rouge-l, cider, meteor", 1, [*score, "-t", "1", "-o", run, "-m", "bleu,rouge-l,cider,meteor"]),
    ]
    for metric in ("bleu", "rouge-l", "cider", "meteor", "sacrebleu", "chrf", "chrf++", "ter"):
        jobs.append((metric, metric, 1, [*score, "-t", "1", "-m", metric]))
    jobs.append(("rouge_score", "rouge-1, rouge-2, rouge-score-l", 1,
                 [*score, "-t", "1", "-m", "rouge-1,rouge-2,rouge-score-l"]))
    lines = [
        f"Flickr30k, {samples:,} candidates x 4 references; {platform.processor() or platform.machine()}, "
        f"{os.cpu_count()} cores; median of {a.repeat} runs.",
        "",
        "| what | threads | vernier s | candidates/s | peak MiB | peer s | ratio |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, title, threads, arguments in jobs:
        seconds, memory, _ = vernier(a.binary, arguments, a.repeat)
        other = peers.get(name, {}).get("seconds")
        ratio = f"{other / seconds:,.0f}x" if other else "-"
        lines.append(f"| {title} | {threads} | {seconds:.3f} | {samples / seconds:,.0f} | {memory:.0f} | "
                     f"{f'{other:.1f}' if other else '-'} | {ratio} |")
        print(lines[-1], flush=True)
    text = "\n".join(lines) + "\n"
    if a.output:
        a.output.write_text(text)
    print(text)
    for name, result in peers.items():
        print(name, json.dumps(result))


if __name__ == "__main__":
    main()
