#include "metrics/rouge/lcs/union_lcs.h"

#include <algorithm>
#include <cmath>

namespace vernier {
namespace {

using Bits = std::uint64_t;

// Tables of at most this many 64-bit words (1 MB) are kept whole.
constexpr std::size_t kWholeTable = std::size_t{1} << 17;

// One row of the LCS table from the one before. A zero bit says that the LCS grows at this word of
// the sentence (Hyyro 2004). `next` may be `row`.
void next_row(const Bits* row, const Bits* occurs, std::size_t blocks, Bits* next) {
  if (occurs == nullptr) {
    if (next != row) std::copy_n(row, blocks, next);
    return;
  }
  Bits carry = 0;
  for (std::size_t k = 0; k < blocks; ++k) {
    const Bits v = row[k], u = v & occurs[k];
    const Bits sum = v + u, with_carry = sum + carry;
    carry = (sum < v) | (with_carry < sum);
    next[k] = with_carry | (v - u);
  }
}

}  // namespace

void UnionLcs::start(std::span<const std::uint32_t> sentence, std::uint32_t words) {
  for (const std::uint32_t word : sentence_) {
    if (word != kNoWord) words_[word] = {};
  }
  if (words_.size() < words) words_.resize(words);
  sentence_.assign(sentence.begin(), sentence.end());
  marked_.assign(sentence_.size(), 0);
  next_.resize(sentence_.size());
  blocks_ = (sentence_.size() + 63) / 64;
  unmarked_ = 0;
  for (std::uint32_t i = 0; i < sentence_.size(); ++i) {
    if (sentence_[i] == kNoWord) continue;
    Word& word = words_[sentence_[i]];
    next_[i] = word.first;
    word.first = i;
    ++word.count;
    ++word.unmarked;
    ++unmarked_;
  }
  dense_.clear();
  sparse_.assign(blocks_, 0);
  sparse_word_ = kNoWord;
}

void UnionLcs::add(std::span<const std::uint32_t> other) {
  const bool helps = std::any_of(other.begin(), other.end(),
                                 [&](std::uint32_t word) { return words_[word].unmarked != 0; });
  if (!helps) return;
  std::size_t size = sentence_.size(), others = other.size();
  for (; size > 0 && others > 0 && sentence_[size - 1] == other[others - 1]; --size, --others) {
    mark(size - 1);
  }
  if (size > 0 && others > 0) mark_common(size, other.first(others));
}

void UnionLcs::mark(std::size_t position) {
  if (marked_[position]) return;
  marked_[position] = 1;
  --words_[sentence_[position]].unmarked;
  --unmarked_;
}

// Bits of the positions of a word, null if it does not occur. They live until the next call.
const UnionLcs::Bits* UnionLcs::occurrences(std::uint32_t number) {
  Word& word = words_[number];
  if (word.count == 0) return nullptr;
  const auto flip = [&](Bits* bits, std::uint32_t first) {
    for (std::uint32_t i = first; i != kNoWord; i = next_[i]) bits[i / 64] ^= Bits{1} << (i % 64);
  };
  if (word.count >= blocks_) {
    if (word.dense == kNoWord) {
      word.dense = static_cast<std::uint32_t>(dense_.size());
      dense_.resize(dense_.size() + blocks_);
      flip(dense_.data() + word.dense, word.first);
    }
    return dense_.data() + word.dense;
  }
  if (sparse_word_ != number) {
    if (sparse_word_ != kNoWord) flip(sparse_.data(), words_[sparse_word_].first);
    flip(sparse_.data(), word.first);
    sparse_word_ = number;
  }
  return sparse_.data();
}

// Marks the LCS of the first `size` words of the sentence with `other`. The table's rows belong to
// the words of `other`. A table too large to keep is made a second time from its end in segments of
// about the square root of its rows, each from the row that was kept before it.
void UnionLcs::mark_common(std::size_t size, std::span<const std::uint32_t> other) {
  const std::size_t blocks = (size + 63) / 64;
  const std::size_t stride =
      other.size() * blocks <= kWholeTable
          ? other.size()
          : static_cast<std::size_t>(std::sqrt(static_cast<double>(other.size()))) + 1;
  const std::size_t segments = (other.size() + stride - 1) / stride;
  checkpoints_.resize(segments * blocks);
  std::fill_n(checkpoints_.data(), blocks, ~Bits{0});
  for (std::size_t s = 1; s < segments; ++s) {
    const Bits* row = checkpoints_.data() + (s - 1) * blocks;
    Bits* const kept = checkpoints_.data() + s * blocks;
    for (std::size_t j = (s - 1) * stride; j < s * stride; ++j) {
      next_row(row, occurrences(other[j]), blocks, kept);
      row = kept;
    }
  }

  rows_.resize((stride + 1) * blocks);
  std::size_t i = size, j = other.size();
  for (std::size_t s = segments; s-- > 0 && i > 0;) {
    const std::size_t first = s * stride;
    std::copy_n(checkpoints_.data() + s * blocks, blocks, rows_.data());
    for (std::size_t r = 0; first + r < j; ++r) {
      Bits* const row = rows_.data() + r * blocks;
      next_row(row, occurrences(other[first + r]), blocks, row + blocks);
    }
    while (i > 0 && j > first) {
      const Bits* const row = rows_.data() + (j - first) * blocks;
      if (sentence_[i - 1] == other[j - 1]) {
        mark(--i);
        --j;
      } else if ((row[(i - 1) / 64] >> ((i - 1) % 64) & 1) == 0) {
        --j;
      } else {
        --i;
      }
    }
  }
}

}  // namespace vernier
