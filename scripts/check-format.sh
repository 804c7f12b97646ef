#!/usr/bin/env bash
# Fails when a tracked source file is not as clang-format would write it.
set -euo pipefail
git ls-files -co --exclude-standard '*.cc' '*.h' '*.cu' '*.cuh' | xargs -r clang-format --dry-run -Werror
