"""The whole recipe: tower, decoder, both together. Called again it goes on where it was.

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

PRESETS: dict[str, dict[str, list[str]]] = {
    "cpu": {
        "tower": "--steps 4400 --batch 32".split(),
        "decoder": "--steps 12000 --batch 16 --bf16 --eval-every 500".split(),
        "joint": "--steps 2000 --batch 16 --bf16 --eval-every 500 --muon 0.002 --adam 2e-4".split(),
    },
    "gpu": {  # not yet measured
        "tower": "--size S --steps 3000 --batch 256 --bf16 --compile".split(),
        "decoder": "--steps 8000 --batch 128 --bf16 --compile --budget 288 --guides 1.0,2.0".split(),
        "joint": "--steps 1500 --batch 128 --bf16 --compile --budget 288 --guides 1.0,2.0 --muon 0.002 --adam 2e-4".split(),
    },
    "smoke": {
        "tower": "--steps 120 --batch 32 --log-every 40 --eval-every 120".split(),
        "decoder": "--steps 100 --batch 16 --budget 128 --log-every 25 --eval-every 100".split(),
    },
}
# Losses that a smoke test must fall below; at the start they are 12 and 13.
SMOKE_BOUNDS = {"tower": 5.0, "decoder": 9.0}


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", type=Path)
    p.add_argument("--val", type=Path, required=True)
    p.add_argument("--out", type=Path, default=Path("build/model"))
    p.add_argument("--preset", choices=["cpu", "gpu"], default="cpu")
    p.add_argument("--smoke", action="store_true")
    p.add_argument("--seed", type=int, default=1)
    for stage in ("tower", "decoder", "joint"):
        p.add_argument(f"--{stage}-steps", type=int, help="other than the preset's; may change from call to call")
    p.add_argument("--minutes", type=float, default=0, help="stop with a checkpoint after so long (0: at the end)")
    args = p.parse_args()
    preset = PRESETS["smoke" if args.smoke else args.preset]
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
            extra = ["--tower", str(args.out / "tower")]
            extra += ["--joint", str(args.out / "decoder")] if stage == "joint" else []
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
