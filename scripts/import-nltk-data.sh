#!/usr/bin/env bash
# usage: import-nltk-data.sh VERNIER OUTPUT
# Takes NLTK's sentence parameters and tagger into use (CHAIR, AMBER) where they are on this machine:
# in $NLTK_DATA, NLTK's usual folders, or beside the project's test data. Nothing is downloaded, and
# without them vernier's own splitter and tagger serve.
set -euo pipefail
vernier=$1 output=$2
[ -e "$output" ] && [ "$output" -nt "$0" ] && exit 0
IFS=: read -r -a chosen <<<"${NLTK_DATA:-}"
for folder in "${chosen[@]}" "$HOME/nltk_data" /usr/share/nltk_data /usr/local/share/nltk_data \
  /usr/lib/nltk_data "${VERNIER_SHARED:-../shared}/data/nlp"; do
  [ -d "$folder" ] || continue
  mkdir -p "$(dirname "$output")"
  "$vernier" data import-nltk "$folder" -o "$output" 2>/dev/null && exit 0
done
exit 0
