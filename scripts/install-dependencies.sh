#!/usr/bin/env bash
# Installs what a build needs on Debian 12 / Ubuntu 22.04 or later. Does nothing when all is there.
set -euo pipefail
packages=(g++ cmake ninja-build make pkg-config ccache git ca-certificates
  libicu-dev libfmt-dev libsimdjson-dev nlohmann-json3-dev libcli11-dev zlib1g-dev libpng-dev libjpeg-dev libgif-dev
  libwebp-dev libzstd-dev libcurl4-openssl-dev
  libstemmer-dev libtomlplusplus-dev libgtest-dev libboost-context-dev libbenchmark-dev wordnet-base jq python3 python3-pip python3-venv)
if [ "${1:-}" = "--ci" ]; then  # linters, sanitizers, fuzzers, what is optional, a browser
  packages+=(clang clang-format clang-tidy libclang-rt-14-dev libopenmpi-dev openmpi-bin chromium chromium-driver
    tesseract-ocr tesseract-ocr-eng)
fi
missing=()
for p in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing+=("$p")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
$sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
