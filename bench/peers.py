#!/usr/bin/env python3
"""Times vernier and the tools it replaces on the same captions in one run.

usage: peers.py VERNIER [--shared DIR] [--repeat N] [--skip-peers] [-o results/tables/speed.md]

Input: Flickr30k, the first caption of each of 31,014 images against the other four. Peers are
installed from PyPI into build/peers-venv; pycocoevalcap needs Java. vernier's figures are
wall-clock times of the whole process, from raw file to written run, the median of N runs at each turn; the
peers' are of the library call alone, the median of three runs (pycocoevalcap: one, it takes minutes): reading
their input and starting Python is not counted, which favours them.
"""
import json
import statistics
import subprocess
import sys

from tables import captions_by_image, machine, parsed_arguments, peak_memory, peer_python, run_once, work_folder, write_section

PACKAGES = ["pycocoevalcap==1.2", "sacrebleu==2.6.0", "rouge-score==0.1.2", "rouge-rust==0.1.12"]
TER_SAMPLES = 2000  # sacreBLEU's TER takes minutes for all

PEER = r'''
import json, os, sys, time
os.environ["RAYON_NUM_THREADS"] = "1"
path, tool, ter_samples = sys.argv[1], sys.argv[2], int(sys.argv[3])
rows = [json.loads(line) for line in open(path, encoding="utf-8")]
out = {}
def timed(name, function):
    start = time.perf_counter()
    value = function()
    out[name] = {"seconds": time.perf_counter() - start, "value": value}
hyps = [r["candidate"] for r in rows]
refs = [[r["references"][k] for r in rows] for k in range(len(rows[0]["references"]))]
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
    timed("bleu", lambda: Bleu(4).compute_score(gts, res, verbose=0)[0][3])
    timed("rouge-l", lambda: float(Rouge().compute_score(gts, res)[0]))
    timed("cider", lambda: float(Cider().compute_score(gts, res)[0]))
    timed("meteor", lambda: float(Meteor().compute_score(gts, res)[0]))
elif tool == "sacrebleu":
    import sacrebleu
    timed("sacrebleu", lambda: sacrebleu.corpus_bleu(hyps, refs).score)
    timed("chrf", lambda: sacrebleu.corpus_chrf(hyps, refs).score)
    timed("chrf++", lambda: sacrebleu.corpus_chrf(hyps, refs, word_order=2).score)
    timed("ter", lambda: sacrebleu.corpus_ter(hyps[:ter_samples], [r[:ter_samples] for r in refs]).score)
elif tool == "rouge_score":
    from rouge_score.rouge_scorer import RougeScorer
    types = ["rouge1", "rouge2", "rougeL"]
    scorer = RougeScorer(types, use_stemmer=False)
    def run():
        total = 0.0
        for r in rows: total += scorer.score_multi(r["references"], r["candidate"])["rouge1"].fmeasure
        return total / len(rows)
    timed("rouge_score", run)
elif tool == "rouge-rust":
    import fast_rouge
    def run():
        best = [0.0] * len(rows)
        for r in refs:
            best = [max(a, b) for a, b in zip(best, fast_rouge.score_batch_flat(r, hyps).rouge1_fmeasure)]
        return sum(best) / len(rows)
    timed("rouge-rust", run)
print(json.dumps(out))
'''


def write_samples(shared, folder):
    """Flickr30k as JSON Lines, its first samples alone, one sample, and all captions as lines."""
    images = captions_by_image(shared / "data/captions/flickr30k_en.tsv.gz")
    records = [json.dumps({"image_id": image, "candidate": c[0], "references": c[1:]}, ensure_ascii=False)
               for image, c in images.items()]
    for name, count in (("flickr30k", len(records)), ("ter", TER_SAMPLES), ("one", 1)):
        (folder / f"{name}.jsonl").write_text("\n".join(records[:count]) + "\n", encoding="utf-8")
    captions = [c for group in images.values() for c in group]
    (folder / "captions.txt").write_text("\n".join(captions) + "\n", encoding="utf-8")
    return len(records), len(captions)


def time_peer(python, data, tool):
    done = subprocess.run([python, "-c", PEER, str(data), tool, str(TER_SAMPLES)], capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{tool}: {done.stderr.strip()[-400:]}", file=sys.stderr)
        return {}
    result = json.loads(done.stdout.strip().splitlines()[-1])
    print(tool, json.dumps(result), flush=True)
    return result


def median_of(results):
    """The result of each score with the median of its seconds."""
    out = {}
    for name in results[0]:
        out[name] = dict(results[0][name], seconds=statistics.median(r[name]["seconds"] for r in results))
    return out


def add_sums(peers):
    old = ("tokenizer", "bleu", "rouge-l", "cider", "meteor")
    if all(name in peers for name in old):
        peers["all four"] = {"seconds": sum(peers[name]["seconds"] for name in old)}
        # vernier's time for one metric holds reading and tokenising: so must the peer's.
        for name in old[1:]:
            peers[name]["seconds"] += peers["tokenizer"]["seconds"]


def main():
    a = parsed_arguments(__doc__, 3)
    work = work_folder()
    samples, captions = write_samples(a.shared, work)
    data = work / "flickr30k.jsonl"
    run = work / "run.jsonl"

    def score(metrics, threads, source=data, written=False):
        command = [a.binary, "score", source, "-f", "json", "--quiet", "-m", metrics, "-t", str(threads)]
        return command + ["-o", run] if written else command

    four = "bleu,rouge-l,cider,meteor"
    rouge = "rouge-1,rouge-2,rouge-score-l"
    jobs = [  # peer, title, score whose value is compared, samples, command
        ("all four", f"{four}, run written, 2 threads", None, samples, score(four, 2, written=True)),
        ("all four", f"{four}, run written, 1 thread", None, samples, score(four, 1, written=True)),
        *[(m, m, "bleu-4" if m == "bleu" else m, samples, score(m, 1)) for m in four.split(",")],
        ("tokenizer", "tokenize, all captions, 1 thread", None, captions,
         [a.binary, "tokenize", work / "captions.txt"]),
        *[(m, m, m, samples, score(m, 1)) for m in ("sacrebleu", "chrf", "chrf++")],
        ("ter", f"ter, first {TER_SAMPLES:,} samples", "ter", TER_SAMPLES, score("ter", 1, work / "ter.jsonl")),
        ("rouge_score", rouge, "rouge-1", samples, score(rouge, 1)),
        ("rouge_score", f"{rouge}, 2 threads", "rouge-1", samples, score(rouge, 2)),
        ("sacrebleu", "sacrebleu, 2 threads", "sacrebleu", samples, score("sacrebleu", 2)),
        ("rouge-rust", f"{rouge} (peer: rouge-rust, 1 thread)", "rouge-1", samples, score(rouge, 1)),
    ]
    lines = ["| what | vernier s | samples/s | peak MiB | peer s | ratio | value | peer's value |",
             "|---|---:|---:|---:|---:|---:|---:|---:|"]
    # A shared machine is slower at times: vernier's turns come before, between and after the peers'.
    times = [[] for _ in jobs]
    outs, memories = [""] * len(jobs), [""] * len(jobs)

    def take_turns():
        for _ in range(a.repeat):
            for n, (_, _, _, _, command) in enumerate(jobs):
                seconds, outs[n] = run_once(command)
                times[n].append(seconds)
                if run in command:
                    memories[n] = f"{peak_memory(run):.0f}"

    peers = {}
    take_turns()
    if not a.skip_peers:
        python = peer_python("peers-venv", PACKAGES)
        for tool in ("pycocoevalcap", "sacrebleu", "rouge_score", "rouge-rust"):
            results = []
            for _ in range(1 if tool == "pycocoevalcap" else 3):
                results.append(time_peer(python, data, tool))
                take_turns()
            peers.update(median_of(results))
        add_sums(peers)
    for n, (name, title, key, count, _) in enumerate(jobs):
        seconds, out, memory = statistics.median(times[n]), outs[n], memories[n]
        other = peers.get(name, {})
        ratio = f"{other['seconds'] / seconds:,.0f}x" if other else "-"
        value = f"{json.loads(out)['scores'][key]:.10f}" if key else ""
        theirs = f"{other['value']:.10f}" if key and other else ""
        peer_seconds = f"{other['seconds']:.2f}" if other else "-"
        lines.append(f"| {title} | {seconds:.3f} | {count / seconds:,.0f} | {memory} | {peer_seconds} "
                     f"| {ratio} | {value} | {theirs} |")
        print(lines[-1], flush=True)
    one = score(four, 1, work / "one.jsonl")
    run_once(one)
    start = statistics.median(run_once(one)[0] for _ in range(31))
    text = (f"`bench/peers.py build/release/bin/vernier -o results/tables/speed.md` on {machine()}; Flickr30k, "
            f"{samples:,} candidates x 4 references; median of {len(times[0])} runs of the whole process, taken in "
            f"turns before, between and after the peers, one thread unless said; peers: {', '.join(PACKAGES)}, the library call alone.\n\n" + "\n".join(lines) +
            f"\n\nOne sample, {four}: {start * 1000:.0f} ms from start to end (median of 31).\n")
    print(text)
    if a.output:
        write_section(a.output, "Against the tools it replaces", text)


if __name__ == "__main__":
    main()
