#!/usr/bin/env bash
# usage: gate.sh OUTPUTS BASELINE POLICY: scores the outputs, judges them, explains the exit code.
set -euo pipefail
outputs=$1 baseline=$2 policy=$3
vernier score "$outputs" -o candidate.jsonl.gz --quiet -f markdown
code=0
vernier gate --baseline "$baseline" --candidate candidate.jsonl.gz --policy "$policy" || code=$?
case $code in
  0) echo "passed" ;;
  1) echo "a regression: do not ship" ;;
  5) echo "not judged: more images, or runs that belong together" ;;
  *) echo "the gate itself is broken (exit code $code)" ;;
esac
exit "$code"
