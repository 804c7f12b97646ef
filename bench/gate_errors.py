#!/usr/bin/env python3
"""How often the gate is wrong: false alarms without a change, and regressions found.

usage: gate_errors.py VERNIER [--shared DIR] [--splits 200] [--repeats 100] [-o results/tables/gate.md]

A/A: the captions of two THumB systems are dealt out to baseline and candidate image by image by a
fair coin, so that there is nothing to find; the gate allows no drop (max_drop = 0). Planted: in the
candidate of such a deal k % of the captions are replaced by those of another image. What the gate
finds is compared with the power that its own printed minimum detectable effect implies.
"""
import argparse
import concurrent.futures
import gzip
import itertools
import json
import math
import pathlib
import random
import statistics
import subprocess
import sys

from tables import ROOT, machine, write_section

SYSTEMS = ["up_down", "unified_vlp", "vinvl_base", "vinvl_large"]
ALPHA = 0.05
SHARES = [1, 2, 3, 4, 6, 8]  # percent of captions replaced
POLICY = f'alpha = {ALPHA}\nresamples = 2000\n[[rule]]\nmetric = "cider"\nmax_drop = 0\n'
NORMAL = statistics.NormalDist()


def binomial_interval(k, n):
    """The middle 95 % of a binomial distribution with share k / n (k may be fractional)."""
    share = k / n
    cumulative, low, high = 0.0, None, n
    for i in range(n + 1):
        cumulative += math.comb(n, i) * share**i * (1 - share) ** (n - i)
        if low is None and cumulative > 0.025:
            low = i
        if cumulative >= 0.975:
            high = i
            break
    return low, high


class Trials:
    def __init__(self, binary, shared, work):
        self.binary, self.work = binary, work
        self.policy = work / "gate.toml"
        self.policy.write_text(POLICY, encoding="utf-8")
        self.systems = {}
        for name in SYSTEMS:
            path = shared / f"data/oracle/sets/thumb_{name}/samples.jsonl.gz"
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                self.systems[name] = [json.loads(line) for line in lines]

    def score(self, records, path):
        source = path.with_suffix(".in.jsonl")
        source.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        subprocess.run([self.binary, "score", source, "-m", "cider", "-o", path, "-f", "json", "-t", "1", "--compact"],
                       check=True, stdout=subprocess.DEVNULL)

    def __call__(self, seed, pair, share):
        """Deals, plants and judges; returns the one rule of the gate's report."""
        draw = random.Random(seed)
        sides = [[], []]
        for first, second in zip(self.systems[pair[0]], self.systems[pair[1]]):
            deal = [first, second] if draw.random() < 0.5 else [second, first]
            for side, record in zip(sides, deal):
                side.append(dict(record))
        candidate = sides[1]
        for n in draw.sample(range(len(candidate)), round(len(candidate) * share / 100)):
            other = draw.randrange(len(candidate) - 1)
            candidate[n]["candidate"] = self.systems[pair[0]][other + (other >= n)]["candidate"]
        runs = [self.work / f"{seed}-{share}-{k}.jsonl" for k in "ab"]
        for records, run in zip(sides, runs):
            self.score(records, run)
        done = subprocess.run([self.binary, "gate", "--baseline", runs[0], "--candidate", runs[1], "--policy",
                               self.policy, "-f", "json", "-t", "1"], stdout=subprocess.PIPE, text=True)
        rule = json.loads(done.stdout)["rules"][0]
        expected = {"pass": 0, "regression": 1, "inconclusive": 5}[rule["verdict"]]
        if done.returncode != expected:
            sys.exit(f"verdict {rule['verdict']} with exit code {done.returncode}")
        for run in runs:
            for path in (run, run.with_suffix(".in.jsonl"), pathlib.Path(f"{run}.log")):
                path.unlink(missing_ok=True)
        return rule


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("binary", type=pathlib.Path)
    ap.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    ap.add_argument("--splits", type=int, default=200)
    ap.add_argument("--repeats", type=int, default=100)
    ap.add_argument("-o", "--output", type=pathlib.Path)
    a = ap.parse_args()
    work = ROOT / "build/gate-errors"
    work.mkdir(parents=True, exist_ok=True)
    trials = Trials(a.binary, a.shared, work)
    pairs = list(itertools.combinations(SYSTEMS, 2))
    pool = concurrent.futures.ThreadPoolExecutor(2)

    aa = list(pool.map(lambda n: trials(n, pairs[n % len(pairs)], 0), range(a.splits)))
    alarms = sum(rule["verdict"] == "regression" for rule in aa)
    low, high = binomial_interval(ALPHA * a.splits, a.splits)
    sound = low <= alarms <= high
    lines = [f"A/A: {alarms} false alarms in {a.splits} splits ({100 * alarms / a.splits:.1f} %); alpha = "
             f"{100 * ALPHA:.0f} % gives {low} to {high} in 95 of 100 such experiments: "
             f"{'within' if sound else 'OUTSIDE'}.", "",
             "| captions replaced | mean d | mean detectable | power implied | found | of | expected | |",
             "|---:|---:|---:|---:|---:|---:|---:|---|"]
    for share in SHARES:
        rules = list(pool.map(lambda n: trials(10_000 + n, pairs[n % len(pairs)], share), range(a.repeats)))
        found = sum(rule["verdict"] == "regression" for rule in rules)
        effect = statistics.mean(rule["difference"] for rule in rules)
        detectable = statistics.mean(rule["mde"] for rule in rules)
        error = detectable / (NORMAL.inv_cdf(1 - ALPHA) + NORMAL.inv_cdf(0.8))
        power = NORMAL.cdf(-effect / error - NORMAL.inv_cdf(1 - ALPHA))
        least, most = binomial_interval(power * a.repeats, a.repeats)
        good = least <= found <= most
        sound &= good
        lines.append(f"| {share} % | {effect:+.4f} | {detectable:.4f} | {100 * power:.0f} % | {found} | {a.repeats} | "
                     f"{least} to {most} | {'within' if good else 'OUTSIDE'} |")
        print(lines[-1], flush=True)
    text = (f"`bench/gate_errors.py build/release/bin/vernier -o results/tables/gate.md` on {machine()}: CIDEr of "
            f"{len(SYSTEMS)} systems on 500 THumB images, max_drop = 0, alpha = {ALPHA}.\n\n" + "\n".join(lines))
    print(text)
    if a.output:
        write_section(a.output, "How often the gate is wrong", text)
    if not sound:
        sys.exit("the gate's error rates are not what it says")


if __name__ == "__main__":
    main()
