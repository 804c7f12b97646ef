#!/usr/bin/env bash
# usage: readme_commands.sh SOURCE BUILD: runs every command of the README's sh blocks, in order, in a
# scratch folder that has the repository's datasets/ and the built program on its PATH.
set -euo pipefail
source_dir=$1 build_dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$source_dir/datasets" "$work/datasets"
export PATH="$build_dir/bin:$PATH" HOME="$work" VERNIER_BUILD="$build_dir" VERNIER_DATA="$build_dir/share/vernier"
awk '/^```sh$/ {inside = 1; next} /^```/ {inside = 0} inside' "$source_dir/README.md" >"$work/commands"
count=$(wc -l <"$work/commands")
[ "$count" -ge 12 ] || { echo "only $count commands found in the README"; exit 1; }
cd "$work"
while IFS= read -r line; do
  echo "\$ $line"
  bash -eu -c "$line" || { echo "failed: $line"; exit 1; }
done <commands
[ -s run.jsonl ] && [ -s run.jsonl.log ] && [ -s weights.df ]
