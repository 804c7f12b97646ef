#!/usr/bin/env bash
# usage: fuzz.sh [SECONDS=20] [NAME...]: builds the fuzz targets and runs each (or those named) so
# long, one after the other. Inputs found stay in build/fuzz/corpus/NAME and are used again, what
# crashes a target goes to build/fuzz/crashes. Fails, naming the reproducers, when anything did.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-20}
shift || true

build=build/fuzz
mkdir -p $build/{corpus,crashes,logs}

# Runs a command that says nothing unless it fails.
quietly() {
  local log=$build/logs/$1.log
  shift
  "$@" >"$log" 2>&1 || { cat "$log"; exit 1; }
}
quietly configure cmake --preset fuzz
quietly build cmake --build --preset fuzz -j 2

# The longest input worth trying, and a dictionary for texts.
options_of() {
  case $1 in
    tokenizers) echo -max_len=1024 -dict=tests/fuzz/text.dict ;;
    metrics) echo -max_len=512 -dict=tests/fuzz/text.dict ;;
    meteor) echo -max_len=512 -dict=tests/fuzz/text.dict ;;
    meteor_data) echo -max_len=256 ;;
    weights) echo -max_len=16384 ;;
    *) echo -max_len=4096 ;;
  esac
}

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for source in tests/fuzz/fuzz_*.cc; do
    name=$(basename "$source" .cc)
    names+=("${name#fuzz_}")
  done
fi

export UBSAN_OPTIONS=print_stacktrace=1
failed=()
for name in "${names[@]}"; do
  corpus=$build/corpus/$name log=$build/logs/$name.log
  mkdir -p "$corpus"
  cp tests/fuzz/seeds/"$name"/* "$corpus"/
  status=ok
  # shellcheck disable=SC2046
  $build/fuzz/fuzz_"$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    $(options_of "$name") -artifact_prefix=$build/crashes/"$name"- -print_final_stats=1 \
    "$corpus" >"$log" 2>&1 || status=crash
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  echo "$name: ${runs:-?} executions, $status"
  [ $status = ok ] && continue
  found=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
  failed+=("$name: ${found:-no reproducer} (log: $log)")
done

[ ${#failed[@]} -eq 0 ] && exit 0
printf 'crash of %s\n' "${failed[@]}" >&2
exit 1
