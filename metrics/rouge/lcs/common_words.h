// Which words two texts have in common, in order.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "metrics/words/vocabulary.h"

namespace vernier {

/// Positions, ascending and as many in both, of equal words.
struct CommonWords {
  std::vector<std::size_t> in_a, in_b;
};

/// A longest common subsequence: in `b` the one that UnionLcs marks, in `a` the first words that it
/// can stand for.
CommonWords common_words(std::span<const WordId> a, std::span<const WordId> b);

}  // namespace vernier
