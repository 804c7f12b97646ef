#!/usr/bin/env python3
"""Makes results/tables/precision.md: the model that comes with vernier in 16, 8 and 4 bits, on held-out scenes.

usage: precision-table.py [--vernier build/release/bin/vernier] [--scenes 2000] [--work DIR] > results/tables/precision.md

Quantises it in twelve ways (AWQ and rounding to the nearest, 4 and 8 bits, groups of 32, 64, 128) and compares all with
the original in one run of `vernier precision`. --work keeps what was asked (about 20 minutes on two cores).
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

SEED = "5000001"  # of scenes that neither training nor calibration drew
MAIN = ["awq-int4-g128", "rtn-int4-g128", "rtn-int8-g128"]


def run(vernier, *arguments, codes=(0,)):
    done = subprocess.run([vernier, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    if done.returncode not in codes:
        sys.exit(f"vernier {' '.join(map(str, arguments))}: exit code {done.returncode}")
    return done.stdout


def interval(mean, digits, scale=1, unit=""):
    return f"{scale * mean['value']:.{digits}f}{unit} [{scale * mean['low']:.{digits}f}, {scale * mean['high']:.{digits}f}]"


def score(level, name, side="b"):
    return level["comparison"]["metrics"][name][side]


def difference(level, name, digits, scale=1):
    """A score of b, and its difference from a with its interval."""
    m = level["comparison"]["metrics"][name]
    return (f"{scale * m['b']:.{digits}f} ({scale * m['difference']:+.{digits}f} "
            f"[{scale * m['ci_low']:+.{digits}f}, {scale * m['ci_high']:+.{digits}f}])")


def moved(level, name, digits, scale=1):
    m = level["comparison"]["metrics"][name]
    return f"{scale * m['b']:.{digits}f} [{scale * m['ci_low']:.{digits}f}, {scale * m['ci_high']:.{digits}f}]"


def table(rows):
    head, *rest = rows
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] +
                     ["| " + " | ".join(map(str, r)) + " |" for r in rest])


def name_of(pair):
    return pathlib.Path(pair["b"]["folder"]).name


def main_table(study, pairs):
    first = pairs[0]
    kinds = {k["kind"]: k for k in first["answers"]["kinds"]}["all"]
    rows = [["", "fp16", *[name_of(p) for p in pairs]]]
    rows.append(["MB, all tensors", f"{study['a']['bytes'] / 1e6:.2f}", *[f"{p['b']['bytes'] / 1e6:.2f}" for p in pairs]])
    rows.append(["bits a weight of the layers", "16.00", *[f"{p['b']['bits_per_layer_weight']:.3f}" for p in pairs]])
    rows.append(["KL from fp16, nats a token", "", *[interval(p["logits"]["kl"], 5) for p in pairs]])
    rows.append(["same likeliest token, %", "", *[interval(p["logits"]["same_top"], 2, 100) for p in pairs]])
    rows.append(["perplexity", f"{first['logits']['perplexity_a']['value']:.4f}",
                 *[interval(p["logits"]["perplexity_b"], 4) for p in pairs]])
    rows.append(["same caption, %", "", *[f"{100 * p['captions']['equal'] / p['captions']['pictures']:.1f}" for p in pairs]])
    for metric, digits in (("cider", 3), ("bleu-4", 4), ("spice-fast", 4)):
        rows.append([metric, f"{score(first['captions'], metric, 'a'):.{digits}f}",
                     *[difference(p["captions"], metric, digits) for p in pairs]])
    rows.append(["right answers, %", f"{100 * kinds['right_a'] / kinds['questions']:.2f}",
                 *[difference(p["answers"], "right", 2, 100) for p in pairs]])
    rows.append(["answers changed, %", "", *[moved(p["answers"], "answers-changed", 2, 100) for p in pairs]])
    flips = [{k["kind"]: k for k in p["answers"]["kinds"]}["all"] for p in pairs]
    rows.append(["right -> wrong, wrong -> right", "", *[f"{f['right_to_wrong']}, {f['wrong_to_right']}" for f in flips]])
    rows.append(["judge: points moved", "", *[moved(p["verdicts"], "verdicts-moved", 3) for p in pairs]])
    tau = lambda p: p["verdicts"]["people"]
    rows.append(["judge: tau-b with the truth", f"{tau(first)['tau_a']['value']:.4f}",
                 *[f"{tau(p)['tau_b']['value']:.4f} ({interval(tau(p)['change'], 4)})" for p in pairs]])
    rows.append(["gate", "", *[p["gate"]["verdict"] for p in pairs]])
    return table(rows)


def speed_table(study, pairs):
    rows = [["", "tokens/s read", "written"]]
    for facts in [study["a"]] + [p["b"] for p in pairs]:
        s = facts["speed"]
        rows.append([pathlib.Path(facts["folder"]).name if facts is not study["a"] else "fp16",
                     f"{s['prompt_tokens_per_second']:,.0f}", f"{s['new_tokens_per_second']:,.0f}"])
    return table(rows)


def awq_against_rtn(vernier, work, labels):
    rows = [["", "KL: AWQ", "KL: nearest", "difference", "answers changed, %: AWQ", "nearest", "difference"]]
    for bits in (4, 8):
        for group in (32, 64, 128):
            cells = [f"{bits} bits, group {group}"]
            for level, metric, digits, scale in (("logits", "kl", 5, 1), ("answers", "answers-changed", 3, 100)):
                runs = [work / "out" / labels[f"{m}-int{bits}-g{group}"] / f"{level}.b.run.jsonl" for m in ("awq", "rtn")]
                m = json.loads(run(vernier, "compare", *runs, "-m", metric, "--json"))["metrics"][metric]
                cells += [f"{scale * m['a']:.{digits}f}", f"{scale * m['b']:.{digits}f}",
                          f"{scale * m['difference']:+.{digits}f} [{scale * m['ci_low']:+.{digits}f}, {scale * m['ci_high']:+.{digits}f}]"]
            rows.append(cells)
    return table(rows)


def grid_table(pairs):
    rows = [["", "MB", "bits", "KL", "same top, %", "answers changed, %", "points moved", "gate", "not beaten"]]
    points = [(p["b"]["bytes"], p["logits"]["kl"]["value"]) for p in pairs]
    for p, (size, kl) in zip(pairs, points):
        beaten = any(s <= size and k <= kl and (s, k) != (size, kl) for s, k in points)
        rows.append([name_of(p), f"{size / 1e6:.2f}", f"{p['b']['bits_per_layer_weight']:.2f}", f"{kl:.5f}",
                     f"{100 * p['logits']['same_top']['value']:.2f}", f"{100 * score(p['answers'], 'answers-changed'):.2f}",
                     f"{score(p['verdicts'], 'verdicts-moved'):.3f}", p["gate"]["verdict"], "" if beaten else "yes"])
    return table(rows)


def gate_table(pairs):
    rows = [["", "rule", "value", "interval of the difference", "bound", "verdict"]]
    for p in pairs:
        for rule in p["gate"]["rules"]:
            rows.append([name_of(p), rule["metric"], f"{rule['candidate']:.5f}",
                         f"[{rule['ci_low']:+.5f}, {rule['ci_high']:+.5f}]", f"{rule['allowed']:g}", rule["verdict"]])
    return table(rows)


def units_table(pairs):
    names = [u["name"] for u in pairs[0]["units"]["changed"]]
    rows = [["unit", *[name_of(p) for p in pairs]]]
    for name in names:
        cells = []
        for p in pairs:
            found = [u for u in p["units"]["changed"] if u["name"] == name]
            cells.append(f"{found[0]['kl']:.5f}" if found else "-")
        rows.append([name, *cells])
    return table(rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("--vernier", default="build/release/bin/vernier")
    ap.add_argument("--scenes", type=int, default=2000)
    ap.add_argument("--work", type=pathlib.Path)
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = a.work or pathlib.Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        if not (work / "scenes").exists():
            run(a.vernier, "synth", "-n", a.scenes, "--seed", SEED, "--world", "small", "-o", work / "scenes", "--quiet")
        if not (work / "grid").exists():
            run(a.vernier, "quantize", "--method", "awq,rtn", "--bits", "4,8", "--group", "32,64,128", "-o", work / "grid", "--quiet")
        study = json.loads(run(a.vernier, "precision", "--model-b", work / "grid", work / "scenes", "--limit", a.scenes,
                               "--unit-texts", 256, "-o", work / "out", "--json", "--quiet", codes=(0, 1, 5)))
        pairs = {name_of(p): p for p in study["pairs"]}
        labels = {name: p["b"]["label"] for name, p in pairs.items()}
        chosen = [pairs[name] for name in MAIN]
        data = study["data"]
        print(f"# 16, 8 and 4 bits\n\nThe model that comes with vernier against itself in few bits: {data['pictures']:,} held-out scenes "
              f"(seed {SEED}), {data['questions']:,} questions, {data['candidates']:,} captions to judge. Made by "
              "scripts/precision-table.py; what the rows mean: [docs/precision.md](../../docs/precision.md). Intervals "
              "are of 95 %, over pictures. AWQ read 16,384 tokens of other scenes.\n")
        print("## fp16, AWQ, rounding to the nearest, 8 bits\n\n" + main_table(study, chosen) + "\n")
        print("In brackets: the difference from fp16 with its interval.\n")
        print("## AWQ against rounding to the nearest\n\nPaired, on the same pictures (`vernier compare` on the runs).\n\n" +
              awq_against_rtn(a.vernier, work, labels) + "\n")
        print("## The gate\n\nThe interval is of candidate less fp16; for rows where less is better, of fp16 less candidate.\n\n" +
              gate_table(chosen) + "\n")
        print("## Which unit moves the logits\n\nKL, in nats a token, of fp16 with one unit of the other; 256 captions.\n\n" +
              units_table(chosen) + "\n")
        print("## Twelve ways\n\n\"Not beaten\": no other one is as small and as close.\n\n" + grid_table(list(pairs.values())) + "\n")
        print("## Speed\n\nOne answer at a time. This model lies in the processor's caches as a whole; for one whose weights must come "
              "from memory see [engine-speed.md](engine-speed.md).\n\n" + speed_table(study, chosen))


if __name__ == "__main__":
    main()
