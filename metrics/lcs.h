// Length of the longest common subsequence of two word lists, 64 words of the first at a time
// (Hyyro 2004, "Bit-parallel LCS-length computation revisited"): |a|/64 * |b| steps, |a| bits.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/vocabulary.h"

namespace vernier {

/// Prepared once for one list, then compared with any number of others.
class LcsLength {
 public:
  /// Makes `a` the list that length() compares with; copies what it needs.
  void prepare(std::span<const WordId> a);
  /// LCS length of the prepared list and `b`.
  std::size_t length(std::span<const WordId> b);

 private:
  std::size_t find(WordId word) const;

  struct Slot {
    WordId word = 0;
    std::uint32_t index = 0;  // 1 + number of the distinct word, 0 = free
  };
  std::size_t size_ = 0, blocks_ = 0;
  std::vector<WordId> words_;
  std::vector<Slot> slots_;
  std::vector<std::uint64_t> masks_;  // blocks_ words for each distinct word: where it occurs
  std::vector<std::uint64_t> state_;
};

}  // namespace vernier
