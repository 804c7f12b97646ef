#!/usr/bin/env bash
# usage: scale.sh SOURCE BUILD [--spark]: runs the examples of docs/scale.md on the bundled captions
# and compares their bytes with those of one process. Slurm is stood in for by its variables. --spark
# installs PySpark (300 MB, needs Java) into BUILD/../spark-venv.
set -euo pipefail
source_dir=$1 build_dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$build_dir/bin:$PATH"
outputs=$source_dir/datasets/samples/coco_human/samples.jsonl.gz
flags=(-m bleu,rouge-l,cider)
vernier score "$outputs" "${flags[@]}" -o "$work/whole.jsonl" --quiet -f csv >/dev/null

export SLURM_ARRAY_TASK_COUNT=3
for SLURM_ARRAY_TASK_ID in 2 3 1; do
  export SLURM_ARRAY_TASK_ID
  bash "$source_dir/docs/scale/slurm.sh" "$outputs" "$work/slurm.jsonl" "${flags[@]}" >/dev/null
done
cmp "$work/whole.jsonl" "$work/slurm.jsonl"
echo "slurm: 3 shards give the bytes of one process"

[ "${3:-}" = --spark ] || exit 0
venv=$build_dir/../spark-venv
[ -x "$venv/bin/spark-submit" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet pyspark==3.5.3; }
export PYSPARK_PYTHON=$venv/bin/python SPARK_LOCAL_IP=127.0.0.1
"$venv/bin/spark-submit" --master 'local[2]' "$source_dir/docs/scale/spark_score.py" \
  "$outputs" "$work/spark.jsonl" 5 "${flags[@]}" 2>"$work/spark.log" >/dev/null || { tail -20 "$work/spark.log"; exit 1; }
cmp "$work/whole.jsonl" "$work/spark.jsonl"
echo "spark: 5 shards give the bytes of one process"
