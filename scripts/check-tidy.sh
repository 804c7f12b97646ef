#!/usr/bin/env bash
# usage: check-tidy.sh [--recent | FILE...]: clang-tidy over the sources of the program: all, those
# that the last 12 commits touched, or those named. Files whose text, headers and settings are as at
# their last clean run are passed over. (All take 15 minutes on two cores.)
set -euo pipefail
cd "$(dirname "$0")/.."
build=build/release
[ -f $build/compile_commands.json ] || { echo "build first: make build" >&2; exit 1; }
files=("$@")
sources() { git ls-files base metrics datasets judges results runners | grep '\.cc$' | sort; }
if [ "${1:-}" = "--recent" ]; then
  since=$(git rev-list --max-count=12 HEAD | tail -n 1)
  mapfile -t files < <(comm -12 <(sources) <(git diff --name-only "$since" | sort))
  [ ${#files[@]} -gt 0 ] || exit 0
fi
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(sources)
clean=$build/tidy-clean
mkdir -p $clean
headers=$(git ls-files '*.h' .clang-tidy | sort | xargs cat | sha256sum | cut -d' ' -f1)
check() {
  local file=$1 stamp
  stamp=$2/$( (echo "$3"; cat "$file") | sha256sum | cut -d' ' -f1)
  [ -e "$stamp" ] && return 0
  clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p "$4" "$file" 2>/dev/null && touch "$stamp"
}
export -f check
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -I{} bash -c 'check "$@" || { echo "clang-tidy: $1"; exit 1; }' _ {} $clean "$headers" $build
