#!/usr/bin/env bash
# usage: judge-table.sh > results/tables/judge.md: audits the judge with the model that comes with vernier, and
# with the truth of the same 2,000 scenes, which is the judge's ceiling. SCENES=N: fewer; VERNIER: the program.
# The scenes are not those that settings of the training were chosen by (seed 900001).
set -euo pipefail
cd "$(dirname "$0")/.."
vernier=${VERNIER:-build/release/bin/vernier}
scenes=${SCENES:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$vernier" synth -n "$scenes" --seed 5000001 --world small --write images,scenes,captions -o "$work/scenes" --quiet >/dev/null
audit() {
  local title=$1
  shift
  printf '## %s\n\n' "$title"
  # Exit code 1: something is flagged.
  "$vernier" judge --audit "$work/scenes" --audit-scenes "$scenes" -f markdown --quiet "$@" | sed "s|$work/||g" || true
  echo
}
printf '# The judge under audit\n\n%s held-out scenes (seed 5000001), by which no setting was chosen; what the rows mean: [docs/judge.md](../../docs/judge.md). Made by scripts/judge-table.sh.\n\n' "$scenes"
audit "The model that comes with vernier, mode visce" --other-model "truth:$work/scenes"
audit "The truth as a model: the judge's ceiling" --model "truth:$work/scenes"
