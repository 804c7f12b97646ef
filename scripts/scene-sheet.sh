#!/usr/bin/env bash
# usage: scene-sheet.sh VERNIER OUTPUT.png: a picture of 24 drawn scenes with their captions (docs/scenes.png).
# Needs Chromium.
set -euo pipefail
vernier=$1
output=$(realpath -m "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$vernier" synth -n 24 --seed 24 --side 160 --write images,scenes -o "$work/set" --quiet >/dev/null
{
  echo '<meta charset="utf-8"><style>body{margin:12px;font:13px/1.35 sans-serif;background:#fff;color:#222}
    main{display:grid;grid-template-columns:repeat(6,160px);gap:14px 16px}figure{margin:0}img{display:block}
    figcaption{margin-top:4px}</style><main>'
  jq -r '"<figure><img src=\"set/images/\(.image)\"><figcaption>\(.references[1] | @html)</figcaption></figure>"' \
    "$work/set/scenes.jsonl"
  echo '</main>'
} >"$work/sheet.html"
browser=$(command -v chromium || command -v chromium-browser)
"$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1064,1420 \
  --screenshot="$output" "file://$work/sheet.html" >/dev/null 2>&1
