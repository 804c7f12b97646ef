#!/usr/bin/env bash
# usage: scenes.sh SOURCE BUILD: what docs/synth.md says of drawn scenes, checked by programs that share nothing
# with the one that draws them: answers, ratings and pixels of 500 scenes of each world, signs by Tesseract
# where it is installed.
set -euo pipefail
checks=$1/tests/datasets/scenes vernier=$2/bin/vernier
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for world in full small; do
  # 128 pixels: two objects are farther apart than a pixel, so that areas do not run together.
  "$vernier" synth -n 500 --seed 500 --world $world --side 128 -o "$work/$world" --quiet >/dev/null
  python3 "$checks/scene_truth.py" "$work/$world"
done
command -v tesseract >/dev/null || { echo "skipped: signs (tesseract is not installed)"; exit 0; }
"$vernier" synth -n 60 --signs 1 --side 336 --write images,scenes -o "$work/signs" --quiet >/dev/null
python3 "$checks/sign_reading.py" "$work/signs" 95
