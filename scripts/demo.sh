#!/usr/bin/env bash
# usage: demo.sh VERNIER: the main job on real captions (500 of COCO), then a model that is asked: scenes
# are drawn, it describes them, its captions are scored and judged, it is probed, and all of it is one page.
set -euo pipefail
vernier=$1
show() {
  printf '\n$ vernier %s\n' "$*"
  "$vernier" "$@"
}
samples=datasets/samples/coco_human/samples.jsonl.gz
run=build/demo.run.jsonl
show score "$samples" -o "$run"
echo
echo "The run file $run has one line a sample:"
sed -n 2p "$run" | cut -c1-200

demo=build/demo
rm -rf "$demo"
mkdir -p "$demo"
show synth -n 120 --seed 900001 --world small -o "$demo/scenes"
show caption --images "$demo/scenes/images" -o "$demo/captions.jsonl"
show score "$demo/captions.jsonl" -r "$demo/scenes/scenes.jsonl" -m bleu,rouge-l,cider,spice-fast -o "$demo/scores.jsonl"
show judge "$demo/scores.jsonl" --images "$demo/scenes/images" -o "$demo/judged.jsonl"
show probe live "$demo/scenes" --limit 120
"$vernier" probe live "$demo/scenes" --limit 120 -f json --quiet >"$demo/probe.json"
echo
echo "The judge itself is tried: vernier judge --audit $demo/scenes"
"$vernier" judge --audit "$demo/scenes" --audit-scenes 60 -f json --quiet >"$demo/audit.json" ||
  [ $? = 1 ]  # some weakness is flagged: the page says which
show report "$demo/judged.jsonl" --audit "$demo/audit.json" --probe "$demo/probe.json" --images "$demo/scenes/images" -o "$demo/report.html"
echo
echo "The whole of it is one page: $demo/report.html"
