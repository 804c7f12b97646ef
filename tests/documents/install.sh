#!/usr/bin/env bash
# usage: install.sh SOURCE BUILD: installs into a scratch prefix and builds the README's C++ example
# against it, through find_package(vernier) and through pkg-config. Both must print what the installed
# program says of the same samples.
set -euo pipefail
source_dir=$1 build_dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'echo "install.sh: line $LINENO failed: $BASH_COMMAND"' ERR
cmake --install "$build_dir" --prefix "$work/prefix" >"$work/install.log"
mkdir "$work/app"
cd "$work/app"
awk '/^```cpp$/ {inside = 1; next} /^```/ {inside = 0} inside' "$source_dir/README.md" >main.cc
cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.20)
project(app LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
find_package(vernier 0.1 REQUIRED)
add_executable(app main.cc)
target_link_libraries(app PRIVATE vernier::vernier)
CMAKE
cmake -S . -B build -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_BUILD_TYPE=Debug >cmake.log 2>&1 || { cat cmake.log; exit 1; }
cmake --build build >build.log 2>&1 || { cat build.log; exit 1; }
./build/app >by_cmake.txt

pc=$(dirname "$(find "$work/prefix" -name vernier.pc)")
# shellcheck disable=SC2046
${CXX:-c++} main.cc $(PKG_CONFIG_PATH=$pc pkg-config --cflags --libs vernier) -o by_pkg_config
./by_pkg_config >by_pkg_config.txt
cmp by_cmake.txt by_pkg_config.txt

cat >samples.jsonl <<'SAMPLES'
{"image_id":"0","candidate":"a dog runs","references":["a dog is running","the dog runs"]}
{"image_id":"1","candidate":"two men talk","references":["two men are talking"]}
SAMPLES
"$work/prefix/bin/vernier" score samples.jsonl -m bleu,cider -f json >scores.json
grep -q "$(sed -n 2p by_cmake.txt)" scores.json
cider=$(cut -d' ' -f1 by_cmake.txt | head -n 1)
grep -q "\"cider\":$cider" scores.json

# The model that comes with it is found, and the HTTP plugin where there is one.
unset VERNIER_DATA
"$work/prefix/bin/vernier" synth -n 2 --world small -o drawn --quiet >/dev/null
"$work/prefix/bin/vernier" caption --images drawn/images -o captions.jsonl --quiet
[ "$(wc -l <captions.jsonl)" = 2 ]
# What else doctor misses on this machine is not this test's affair.
"$work/prefix/bin/vernier" doctor >doctor.txt || true
expect_row() {
  grep -q "^ok  *$1  *$2" doctor.txt || { echo "install.sh: no row '$1 $2' in:"; cat doctor.txt; return 1; }
}
expect_row "default model" ".*/prefix/share/vernier/default-model"
[ ! -e "$build_dir/lib/vernier/vernier_http.so" ] || expect_row http ".*/prefix/lib"
