#!/usr/bin/env bash
# usage: fetch-meteor-data.sh VERNIER OUTPUT
# Compiles METEOR's tables once: WordNet from Debian's wordnet-base, the paraphrase table from the
# PyPI package pycocoevalcap 1.2 (LGPL data of Meteor 1.5, downloaded, never committed). Where PyPI
# cannot be reached the tables hold no paraphrases and METEOR runs with --meteor-no-paraphrase only.
set -euo pipefail
vernier=$1 output=$2
[ -e "$output" ] && [ "$output" -nt "$0" ] && "$vernier" data --verify "$output" >/dev/null 2>&1 && exit 0
cache=${XDG_CACHE_HOME:-$HOME/.cache}/vernier
table=$cache/paraphrase-en.gz
mkdir -p "$cache" "$(dirname "$output")"
if [ ! -e "$table" ]; then
  work=$(mktemp -d "$cache/download.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  echo "downloading METEOR's paraphrase table (PyPI: pycocoevalcap 1.2, 100 MB)"
  if python3 -m pip download --quiet --no-deps --dest "$work" pycocoevalcap==1.2; then
    python3 - "$work" <<'PY'
import glob, shutil, sys, zipfile
with zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0]) as wheel:
    with wheel.open("pycocoevalcap/meteor/data/paraphrase-en.gz") as source:
        with open(sys.argv[1] + "/paraphrase-en.gz", "wb") as target:
            shutil.copyfileobj(source, target)
PY
    mv "$work/paraphrase-en.gz" "$table"
  else
    echo "warning: no paraphrase table; METEOR will need --meteor-no-paraphrase" >&2
  fi
fi
if [ -e "$table" ]; then
  "$vernier" data --build-meteor "$output" --paraphrases "$table"
else
  "$vernier" data --build-meteor "$output"
fi
