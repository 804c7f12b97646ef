#!/usr/bin/env python3
"""Compares vernier's intervals and p-values with SciPy's, statsmodels' and sacreBLEU's.

usage: significance.py VERNIER [--shared DIR] [-o results/tables/statistics.md]

Data: outputs of captioning systems on the 500 THumB images. The peers come from PyPI into
build/oracle-venv. Both sides resample 10,000 times with their own random numbers, so they agree up
to Monte-Carlo error: interval ends must lie within 4 % of the interval's width, p-values within
four standard errors of a difference of two binomial shares. Exits 1 when one does not.
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
from tables import machine, peer_python, write_section  # noqa: E402

PACKAGES = ["numpy==1.26.4", "pandas==2.2.2", "scipy==1.13.1", "statsmodels==0.14.2", "sacrebleu==2.6.0"]
RESAMPLES = 10000
PAIRS = [("vinvl_large", "up_down"), ("vinvl_large", "vinvl_base"), ("vinvl_base", "unified_vlp"),
         ("unified_vlp", "up_down")]

PEER = r'''
import json, sys
import numpy as np
from scipy import stats
job = json.load(sys.stdin)
out = []
for pair in job["pairs"]:
    a, b = (np.array(pair[k]) for k in ("a", "b"))
    d = b - a
    one = {}
    for method in ("BCa", "percentile"):
        r = stats.bootstrap((d,), np.mean, n_resamples=job["resamples"], method=method, batch=500,
                            confidence_level=0.95, random_state=np.random.default_rng(5))
        one[method] = [r.confidence_interval.low, r.confidence_interval.high]
    one["p"] = stats.permutation_test((a, b), lambda x, y, axis: np.mean(y - x, axis=axis),
                                      permutation_type="samples", vectorized=True,
                                      n_resamples=job["resamples"], batch=500,
                                      random_state=np.random.default_rng(6)).pvalue
    from statsmodels.regression.linear_model import OLS
    fit = OLS(d, np.ones(len(d))).fit(cov_type="cluster", cov_kwds={"groups": np.arange(len(d))})
    one["se"] = float(fit.bse[0])
    out.append(one)
from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.significance import PairedTest
for pair, one in zip(job["pairs"], out):
    refs = [list(x) for x in zip(*pair["refs"])]
    systems = [("a", pair["texts_a"]), ("b", pair["texts_b"])]
    metrics = {"BLEU": BLEU(references=refs), "chrF": CHRF(references=refs)}
    _, scores = PairedTest(systems, metrics, references=None, test_type="ar",
                           n_samples=job["resamples"])()
    one["sacrebleu"] = {}
    for name in metrics:
        key = next(k for k in scores if k.startswith(name))
        one["sacrebleu"][name] = [scores[key][1].score - scores[key][0].score, scores[key][1].p_value]
print(json.dumps(out))
'''


def run(command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"{command[0]}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def samples_of(path):
    return [record for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if "id" in record]


def close_p(p, q):
    share = (p + q) / 2
    return abs(p - q) <= 4 * math.sqrt(2 * max(share * (1 - share), 1 / RESAMPLES) / RESAMPLES) + 1 / RESAMPLES


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("binary", type=pathlib.Path)
    ap.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    ap.add_argument("-o", "--output", type=pathlib.Path)
    a = ap.parse_args()
    work = ROOT / "build/oracle-statistics"
    work.mkdir(parents=True, exist_ok=True)
    runs = {}
    for name in sorted({n for pair in PAIRS for n in pair}):
        runs[name] = work / f"{name}.jsonl"
        run([a.binary, "score", a.shared / f"data/oracle/sets/thumb_{name}/samples.jsonl.gz", "-o", runs[name],
             "-f", "json", "-m", "cider,sacrebleu,chrf"])
    job = {"resamples": RESAMPLES, "pairs": []}
    for first, second in PAIRS:
        x, y = samples_of(runs[first]), samples_of(runs[second])
        assert [s["id"] for s in x] == [s["id"] for s in y]
        job["pairs"].append({
            "a": [s["scores"]["cider"] for s in x], "b": [s["scores"]["cider"] for s in y],
            "texts_a": [s["candidate"] for s in x], "texts_b": [s["candidate"] for s in y],
            "refs": [s["references"][:4] for s in x]})
    peers = json.loads(run([peer_python("oracle-venv", PACKAGES), "-c", PEER], input=json.dumps(job)).strip().splitlines()[-1])

    lines = ["| runs | what | vernier | peer | peer's name | agrees |", "|---|---|---|---|---|---|"]
    failures = 0

    def row(runs_name, what, ours, theirs, peer, good):
        nonlocal failures
        failures += not good
        show = lambda v: f"[{v[0]:+.5f}, {v[1]:+.5f}]" if isinstance(v, list) else f"{v:.5f}"
        lines.append(f"| {runs_name} | {what} | {show(ours)} | {show(theirs)} | {peer} | {'yes' if good else 'NO'} |")

    for (first, second), peer in zip(PAIRS, peers):
        name = f"{first}, {second}"
        ours = {}
        for method in ("bca", "percentile"):
            ours[method] = json.loads(run([a.binary, "compare", runs[first], runs[second], "-f", "json", "--interval",
                                           method, "--resamples", RESAMPLES]))["metrics"]
        for method, theirs in (("bca", peer["BCa"]), ("percentile", peer["percentile"])):
            mine = [ours[method]["cider"]["ci_low"], ours[method]["cider"]["ci_high"]]
            width = theirs[1] - theirs[0]
            row(name, f"CIDEr difference, 95 % {method} interval", mine, theirs, "scipy.stats.bootstrap",
                all(abs(m - t) <= 0.04 * width for m, t in zip(mine, theirs)))
        row(name, "CIDEr, randomisation p", ours["bca"]["cider"]["p"], peer["p"], "scipy.stats.permutation_test",
            close_p(ours["bca"]["cider"]["p"], peer["p"]))
        # statsmodels corrects by n / (n - 1) for few clusters, as the jackknife does.
        row(name, "CIDEr, clustered standard error", ours["bca"]["cider"]["standard_error"], peer["se"],
            "statsmodels OLS, cluster", abs(ours["bca"]["cider"]["standard_error"] / peer["se"] - 1) < 1e-9)
        for metric, key in (("BLEU", "sacrebleu"), ("chrF", "chrf")):
            difference, p = peer["sacrebleu"][metric]
            assert abs(difference - ours["bca"][key]["difference"]) < 1e-9, (difference, ours["bca"][key])
            row(name, f"sacreBLEU {metric}, randomisation p", ours["bca"][key]["p"], p, "sacrebleu --paired-ar",
                close_p(ours["bca"][key]["p"], p))
    text = (f"`tests/oracles/significance.py build/release/bin/vernier -o results/tables/statistics.md` on {machine()}; "
            f"500 THumB images, {RESAMPLES:,} resamples on both sides with different random numbers; peers: "
            f"{', '.join(PACKAGES)}. Interval ends agree within 4 % of the width, p-values within four standard "
            f"errors.\n\n" + "\n".join(lines))
    print(text)
    if a.output:
        write_section(a.output, "Against independent implementations", text)
    if failures:
        sys.exit(f"{failures} values disagree")


if __name__ == "__main__":
    main()
