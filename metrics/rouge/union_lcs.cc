#include "metrics/rouge/union_lcs.h"

#include <algorithm>
#include <cmath>

namespace vernier {
namespace {

// Tables of at most this many 64-bit words (1 MB) are kept whole.
constexpr std::size_t kWholeTable = std::size_t{1} << 17;

}  // namespace

void UnionLcs::start(std::span<const std::uint32_t> sentence, std::uint32_t words) {
  for (const std::uint32_t word : sentence_) {
    if (word != kNoWord) words_[word] = {};
  }
  if (words_.size() < words) words_.resize(words);
  sentence_words_.assign(sentence.begin(), sentence.end());
}

}  // namespace vernier
