// WordNet's files, which scripts/install-dependencies.sh installs (Debian: wordnet-base).
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "metrics/text/lemmas/word_net.h"

#define VERNIER_REQUIRE_WORDNET()                              \
  if (!std::filesystem::exists(vernier::text::kWordNetFolder)) \
  GTEST_SKIP() << "needs " << vernier::text::kWordNetFolder    \
               << " (scripts/install-dependencies.sh installs wordnet-base)"
