#!/usr/bin/env bash
# usage: model-table.sh [FOLDER [RUNS]]: results/tables/model.md on standard output: how well a model in the format of
# transformers (default: the one that is shipped) answers about 2,000 held-out scenes, with what its training logged.
# RUNS: folder of a training whose logs are taken over into results/tables/model, and drawn. Needs the environment of
# judges/model/README.md and the built program; some 15 minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
model=${1:-judges/model/default} runs=${2:-} logs=results/tables/model scenes=build/model/data/small-val
python=${VERNIER_PYTHON:-build/model/venv/bin/python}
if [ -n "$runs" ]; then
  mkdir -p $logs
  for stage in tower short all joint ratings forms; do cp "$runs/$stage/log.jsonl" "$logs/$stage.jsonl"; done
  "$python" judges/model/result/curves.py $logs/{short,all,joint,ratings,forms}.jsonl --out docs/model-curves.svg
fi
[ -e $scenes/synth.json ] ||
  build/release/bin/vernier synth -n 2000 --seed 900001 --world small -o $scenes --quiet >&2 \
    --write arrays,scenes,conversations,groups
exec "$python" -W ignore judges/model/result/evaluate.py "$model" $scenes --logs $logs
