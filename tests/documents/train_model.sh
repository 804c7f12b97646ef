#!/usr/bin/env bash
# usage: train_model.sh SOURCE BUILD: trains a few hundred steps on fresh scenes; fails unless the losses fall
# below the bounds of judges/model/train.py. Two minutes on two free cores. Exit code 77 (skipped) where no Python
# with PyTorch is at hand: VERNIER_PYTHON, or the environment that judges/model/README.md sets up.
set -euo pipefail
source_dir=$1 build_dir=$2
python=${VERNIER_PYTHON:-$build_dir/../model/venv/bin/python}
"$python" -c 'import torch, tokenizers' 2>/dev/null || { echo "skipped: no PyTorch in $python"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build_dir/bin/vernier" synth -n 600 --world small --write arrays,scenes,conversations,captions -o "$work/scenes" --quiet >/dev/null
"$python" -W ignore "$source_dir/judges/model/train.py" "$work/scenes" --val "$work/scenes" --smoke --out "$work/model"
