"""The whole recipe: tower, short questions, all conversations, everything together, graded captions. Called again it
goes on where it was.

    python train.py DATA --val VAL --preset cpu               small, two cores, hours
    python train.py DATA --val VAL --preset gpu --minutes 8.5  S, one GPU, call it until it says "done"
    python train.py DATA --val DATA --smoke --out FOLDER       does training work? two minutes; exit code 1 if not
"""
from __future__ import annotations

import session  # first: it sets how threads wait

import argparse
import shutil
import sys
import time
from pathlib import Path

import train_decoder
import train_tower

# Short questions come first: beside captions and ratings they are learned many times more slowly
# (results/tables/model.md), since few of them fit into a sequence.
SHORT = "caption=0.001,rating=0.001,context=0.001,sign=0.5"
ALL = "caption=2,rating=2,context=1"
PRESETS: dict[str, dict[str, list[str]]] = {
    "cpu": {
        "tower": "--steps 8000 --batch 32".split(),
        "short": f"--steps 3000 --batch 32 --budget 144 --groups 0 --decay-from 1 --bf16 --favour {SHORT}".split(),
        "all": f"--steps 4000 --batch 24 --bf16 --favour {ALL}".split(),
        "joint": f"--steps 500 --batch 24 --bf16 --favour {ALL} --muon 0.002 --adam 2e-4".split(),
        "ratings": f"--steps 3400 --batch 16 --bf16 --favour {ALL} --rated 0.45 --muon 0.01 --adam 1e-3 "
                   "--decay-from 0.2".split(),
        "forms": f"--steps 5200 --batch 16 --bf16 --favour {ALL} --rated 0.7 --forms 0.7 --muon 0.008 --adam 8e-4 "
                 "--decay-from 0.3".split(),
    },
    "gpu": {  # not yet measured
        "tower": "--size S --steps 3000 --batch 256 --bf16 --compile".split(),
        "short": f"--steps 3000 --batch 128 --budget 144 --groups 0 --decay-from 1 --bf16 --compile --favour {SHORT}".split(),
        "all": f"--steps 6000 --batch 128 --budget 288 --bf16 --compile --favour {ALL}".split(),
        "joint": f"--steps 1000 --batch 128 --budget 288 --bf16 --compile --favour {ALL} --muon 0.002 --adam 2e-4".split(),
    },
    "smoke": {
        "tower": "--steps 120 --batch 32 --log-every 40 --eval-every 120".split(),
        "short": "--steps 100 --batch 16 --budget 128 --log-every 25 --eval-every 100".split(),
        "ratings": "--steps 30 --batch 8 --rated 0.7 --log-every 10 --eval-every 30".split(),
        "forms": "--steps 20 --batch 8 --rated 0.9 --forms 0.9 --log-every 10 --eval-every 20".split(),
    },
}
# What a stage after the first two goes on from.
BEFORE = {"all": "short", "joint": "all", "ratings": "joint", "forms": "ratings"}
# Losses that a smoke test must fall below; at the start they are 12 and 13.
SMOKE_BOUNDS = {"tower": 5.0, "short": 9.0, "ratings": 9.0, "forms": 9.0}


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", type=Path)
    p.add_argument("--val", type=Path, required=True)
    p.add_argument("--out", type=Path, default=Path("build/model"))
    p.add_argument("--preset", choices=["cpu", "gpu"], default="cpu")
    p.add_argument("--smoke", action="store_true")
    p.add_argument("--seed", type=int, default=1)
    for stage in PRESETS["cpu"]:
        p.add_argument(f"--{stage}-steps", type=int, help="other than the preset's; may change from call to call")
    p.add_argument("--minutes", type=float, default=0, help="stop with a checkpoint after so long (0: at the end)")
    args = p.parse_args()
    preset = PRESETS["smoke" if args.smoke else args.preset]
    before = {**BEFORE, "ratings": "short"} if args.smoke else BEFORE
    if not (args.data / "captions.jsonl").exists():
        print("no captions.jsonl: the stages on graded captions are left out")
        preset = {stage: options for stage, options in preset.items() if stage not in ("ratings", "forms")}
    begin = time.time()
    if args.smoke:
        for stage in preset:  # never resumed
            shutil.rmtree(args.out / stage, ignore_errors=True)
    for stage, options in preset.items():
        left = args.minutes - (time.time() - begin) / 60 if args.minutes else 0
        if args.minutes and left < 0.5:
            return 0
        common = [str(args.data), "--val", str(args.val), "--out", str(args.out / stage), "--seed", str(args.seed),
                  "--minutes", str(left)]
        if (steps := getattr(args, f"{stage}_steps")):
            options = [*options, "--steps", str(steps)]
        if stage == "tower":
            loss, done = train_tower.train(train_tower.parser().parse_args(common + options))
        else:
            extra = ["--start", str(args.out / before[stage])] if stage in before else ["--tower", str(args.out / "tower")]
            extra += ["--joint"] if stage == "joint" else []
            loss, done = train_decoder.train(train_decoder.parser().parse_args(common + options + extra))
        if args.smoke:
            good = loss < SMOKE_BOUNDS[stage]
            print(f"{stage}: loss {loss:.3f}, must be below {SMOKE_BOUNDS[stage]}: {'ok' if good else 'FAILED'}")
            if not good:
                return 1
        elif not done:
            return 0
    print("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
