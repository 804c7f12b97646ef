#!/usr/bin/env bash
# usage: fuzz.sh [SECONDS=20] [NAME...]: builds the fuzz targets and runs each (or those named) so
# long, as many at a time as there are processors. Inputs found stay in build/fuzz/corpus/NAME and are used again, what
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
quietly configure cmake --preset asan
quietly build cmake --build --preset asan -j "$(nproc)" --target fuzz_targets

# The longest input worth trying, and a dictionary for texts.
options_of() {
  case $1 in
    tokenizers) echo -max_len=1024 -dict=tests/fuzz/text.dict ;;
    metrics) echo -max_len=512 -dict=tests/fuzz/text.dict ;;
    meteor) echo -max_len=512 -dict=tests/fuzz/text.dict ;;
    meteor_data) echo -max_len=256 ;;
    weights | quantised) echo -max_len=16384 ;;
    image) echo -max_len=8192 ;;
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

# run NAME: one target; what is to be said goes to standard output, a line of a crash to crashes.txt.
run() {
  local name=$1 corpus=$build/corpus/$1 log=$build/logs/$1.log status=ok runs found
  mkdir -p "$corpus"
  cp tests/fuzz/seeds/"$name"/* "$corpus"/
  # shellcheck disable=SC2046
  build/asan/fuzz/fuzz_"$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    $(options_of "$name") -artifact_prefix=$build/crashes/"$name"- -print_final_stats=1 \
    "$corpus" >"$log" 2>&1 || status=crash
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  echo "$name: ${runs:-?} executions, $status"
  [ $status = ok ] && return
  found=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
  echo "crash of $name: ${found:-no reproducer} (log: $log)" >>$build/crashes.txt
}

rm -f $build/crashes.txt
for name in "${names[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
  run "$name" &
done
wait
[ -e $build/crashes.txt ] || exit 0
cat $build/crashes.txt >&2
exit 1
