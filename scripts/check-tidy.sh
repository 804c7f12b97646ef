#!/usr/bin/env bash
# usage: check-tidy.sh [FILE...]: clang-tidy over the sources of the program (default: all). Files
# whose text, headers and settings are as at the last clean run are passed over.
set -euo pipefail
cd "$(dirname "$0")/.."
build=build/release
[ -f $build/compile_commands.json ] || { echo "build first: make build" >&2; exit 1; }
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(git ls-files base metrics datasets judges results runners | grep '\.cc$')
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
