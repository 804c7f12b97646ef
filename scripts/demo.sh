#!/usr/bin/env bash
# usage: demo.sh VERNIER: the main job on real captions, 500 of COCO.
set -euo pipefail
vernier=$1
samples=datasets/samples/coco_human/samples.jsonl.gz
run=build/demo.run.jsonl
echo "\$ vernier score $samples -o $run"
"$vernier" score "$samples" -o "$run"
echo
echo "The run file $run has one line a sample:"
sed -n 2p "$run" | cut -c1-200
