#!/usr/bin/env bash
# usage: gpu.sh pack             here: the built program with the libraries it needs, as .gpu/vernier.tar.xz
#        gpu.sh model [MINUTES]  on a machine with a GPU and PyTorch, without network: draws scenes, trains the model of
#                                size S on the full world and writes model.tar (weights for transformers), model.md
#                                (held-out scores) and curves to $OUT (build/gpu). Bounded to MINUTES (8.5) of training;
#                                called again it goes on. Preset gpu of judges/model/train.py.
set -euo pipefail
cd "$(dirname "$0")/.."
work=${GPU_WORK:-build/gpu}
out=${OUT:-$work}

pack() {
  local folder
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' RETURN
  mkdir -p .gpu "$folder/lib"
  strip -o "$folder/vernier" build/release/bin/vernier
  # All but the C library and what belongs to it, which the other machine has.
  ldd build/release/bin/vernier | awk '$3 ~ /^\// {print $3}' | grep -vE '/(libc|libm|libdl|libpthread|librt)\.so' |
    xargs cp -L -t "$folder/lib"
  tar -C "$folder" -cJf .gpu/vernier.tar.xz vernier lib
  ls -l .gpu/vernier.tar.xz
}

unpack() {
  mkdir -p "$work" "$out"
  [ -x "$work/vernier" ] || tar -C "$work" -xJf .gpu/vernier.tar.xz
}
vernier() { LD_LIBRARY_PATH=$work/lib "$work/vernier" "$@"; }

# scenes NAME NUMBER SEED: once.
scenes() {
  [ -e "$work/$1/synth.json" ] ||
    vernier synth -n "$2" --seed "$3" --write arrays,scenes,conversations,groups -o "$work/$1" --force --quiet
}

model() {
  unpack
  scenes train 300000 1
  scenes held-out 2000 900001
  python3 judges/model/train.py "$work/train" --val "$work/held-out" --preset gpu --out "$work/model" \
    --minutes "${1:-8.5}"
  local stage  # the last that was begun
  for stage in joint all short; do
    [ ! -e "$work/model/$stage/state.pt" ] || break
  done
  python3 judges/model/result/export.py "$work/model/$stage" "$work/export" --check "$work/held-out"
  tar -C "$work" -cf "$out/model.tar" export
  for log in "$work"/model/*/log.jsonl; do
    cp "$log" "$out/$(basename "$(dirname "$log")").jsonl"
  done
  timeout 240 python3 judges/model/result/evaluate.py "$work/export" "$work/held-out" --limit 1000 >"$out/model.md"
}

"$@"
