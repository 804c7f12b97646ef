#!/usr/bin/env bash
# usage: fetch-grammar.sh VERNIER OUTPUT
# Installs the grammar of SPICE's exact parser (GPL data of Stanford CoreNLP 3.6.0, downloaded from
# Maven, never committed). Does nothing where it is installed already.
set -euo pipefail
vernier=$1 output=$2
[ -e "$output" ] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jar=stanford-corenlp-3.6.0-models.jar
echo "downloading the models of CoreNLP 3.6.0 (Maven, 360 MB; 2 MB of them are the grammar)"
curl --fail --location --progress-bar --output "$work/$jar" \
  "https://repo1.maven.org/maven2/edu/stanford/nlp/stanford-corenlp/3.6.0/$jar"
echo "e23de94a12edac0dd04dc67db94d18d8982b516f  $work/$jar" | sha1sum --check --quiet
"$vernier" data import-grammar "$work/$jar" -o "$output"
