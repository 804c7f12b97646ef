#!/usr/bin/env bash
# usage: gpu.sh pack             here: the built program, the CUDA plugin, tests and benchmarks with the libraries they
#                                need, as .gpu/vernier.tar.xz
#        On a machine with a GPU, its driver and nothing else, after that file and the source were carried there:
#        gpu.sh tests            ctest's label gpu, and a part of it under compute-sanitizer where that is installed; gpu-tests.txt
#        gpu.sh speed [OPTION..] the engine at the sizes of published models (vernier_device_speed), and transformers
#                                beside it where it is installed; gpu.md, to become results/tables/gpu.md
#        gpu.sh model [MINUTES]  (with PyTorch) draws scenes, trains the model of size S on the full world and writes
#                                model.tar (weights for transformers), model.md (held-out scores) and curves. Bounded to
#                                MINUTES (8.5) of training; called again it goes on. Preset gpu of judges/model/train.py.
# Results go to $OUT (build/gpu). Each is made to end within 9 minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
work=${GPU_WORK:-build/gpu}
out=${OUT:-$work}

pack() {
  local folder program
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' RETURN
  mkdir -p .gpu "$folder"/{bin,tests,lib/vernier}
  for program in bin/vernier bench/vernier_device_speed; do
    strip -o "$folder/bin/$(basename $program)" build/release/$program
  done
  for program in build/release/tests/gpu_*_test; do
    strip -o "$folder/tests/$(basename "$program")" "$program"
  done
  strip -o "$folder/lib/vernier/vernier_cuda.so" build/release/lib/vernier/vernier_cuda.so
  # All but the C library and what belongs to it, which the other machine has.
  ldd "$folder"/bin/* "$folder"/tests/* | awk '$3 ~ /^\// {print $3}' | sort -u |
    grep -vE '/(libc|libm|libdl|libpthread|librt)\.so' | xargs cp -L -t "$folder/lib"
  tar -C "$folder" -cJf .gpu/vernier.tar.xz .
  ls -l .gpu/vernier.tar.xz
}

unpack() {
  mkdir -p "$work" "$out"
  [ -x "$work/bin/vernier" ] || tar -C "$work" -xJf .gpu/vernier.tar.xz
  export LD_LIBRARY_PATH=$PWD/$work/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} VERNIER_SOURCE=$PWD
  # PyTorch brings cuBLASLt along where the system has none.
  [ -n "${VERNIER_CUBLASLT:-}" ] || VERNIER_CUBLASLT=$(find / -xdev -name 'libcublasLt.so.13*' -not -name '*.a' 2>/dev/null | head -n 1)
  [ -z "$VERNIER_CUBLASLT" ] || export VERNIER_CUBLASLT
}
vernier() { "$work/bin/vernier" "$@"; }

tests() {
  unpack
  local test failed=0
  {
    vernier doctor | grep devices || true
    for test in "$work"/tests/gpu_*_test; do
      echo "## $(basename "$test")"
      timeout 240 "$test" --gtest_brief=1 2>&1 || failed=1
    done
    if command -v compute-sanitizer >/dev/null; then
      for tool in memcheck racecheck; do
        echo "## compute-sanitizer --tool $tool"
        for test in rows products packed attention fused; do
          timeout 60 compute-sanitizer --tool $tool --error-exitcode 1 "$work/tests/gpu_${test}_test" --gtest_brief=1 2>&1 |
            tail -n 4 || failed=1
        done
      done
    fi
    echo "failed: $failed"
  } | tee "$out/gpu-tests.txt"
  return $failed
}

speed() {
  unpack
  {
    echo "# On a GPU"
    echo
    echo "Made by \`bench/gpu.sh speed $*\`. Random weights of the sizes of published models: speeds, no quality."
    echo
    timeout "${SPEED_SECONDS:-300}" "$work/bin/vernier_device_speed" "$@" || echo "(ended early: $?)"
    if python3 -c 'import torch, transformers; assert torch.cuda.is_available()' 2>/dev/null; then
      echo
      timeout "${PEER_SECONDS:-200}" python3 bench/device/transformers_speed.py || echo "(ended early: $?)"
    else
      echo
      echo "transformers: not installed here, not measured."
    fi
  } | tee "$out/gpu.md"
}

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
