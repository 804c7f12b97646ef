# Two commands do everything on a fresh Debian or Ubuntu machine: make demo, make test.
BUILD := build/release
SHARE := $(BUILD)/share/vernier
JOBS ?= $(shell nproc)

.PHONY: all build data grammar demo test slow dependencies asan tsan fuzz tidy bench format clean

all: build

dependencies:
	@scripts/install-dependencies.sh

build: dependencies
	@mkdir -p build
	@cmake --preset release >$(BUILD).configure.log 2>&1 || { cat $(BUILD).configure.log; exit 1; }
	@cmake --build --preset release -j $(JOBS)

# METEOR's compiled tables: WordNet from Debian, paraphrases from the PyPI package pycocoevalcap;
# NLTK's data where the machine has them.
data: build
	@scripts/fetch-meteor-data.sh $(BUILD)/bin/vernier $(SHARE)/meteor-en.bin
	@scripts/import-nltk-data.sh $(BUILD)/bin/vernier $(SHARE)/nltk-en.bin

# The grammar of SPICE's exact parser; spice-fast needs none.
grammar: build
	@scripts/fetch-grammar.sh $(BUILD)/bin/vernier $(SHARE)/englishPCFG.ser.gz

demo: data
	@scripts/demo.sh $(BUILD)/bin/vernier

test: data
	@ctest --test-dir $(BUILD) --output-on-failure -j $(JOBS) -LE slow

# Every stored parse, some minutes.
slow: data
	@ctest --test-dir $(BUILD) --output-on-failure -j $(JOBS) -L slow

asan tsan:
	@cmake --preset $@ && cmake --build --preset $@ -j $(JOBS)
	@ctest --test-dir build/$@ --output-on-failure -j $(JOBS)

FUZZ_SECONDS ?= 300
fuzz:
	@scripts/fuzz.sh $(FUZZ_SECONDS)

tidy: build
	@scripts/check-tidy.sh

bench: data
	@$(BUILD)/bench/vernier_bench

format:
	@git ls-files -co --exclude-standard '*.cc' '*.h' '*.cu' '*.cuh' | xargs clang-format -i

clean:
	rm -rf build
