// Length of the longest common subsequence of two word lists, 64 words of the first at a time
// (Hyyro 2004, "Bit-parallel LCS-length computation revisited"): |a|/64 * |b| steps. Memory is
// linear: one strip of 64 words of `a` runs over all of `b` before the next one does.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/words/vocabulary.h"

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
  std::uint64_t strip(std::span<const std::uint32_t> ours, std::span<const std::uint32_t> theirs);

  std::vector<Slot> slots_;
  std::vector<std::uint32_t> ours_, theirs_;  // numbers of the distinct words of `a`, 0: another
  std::vector<std::uint64_t> masks_;          // by number: where it stands in the current strip
  std::vector<std::uint8_t> carries_;         // by position in b: what the last strip hands on
};

}  // namespace vernier
