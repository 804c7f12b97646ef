// Clipped n-gram matches between one text and others, exact for any order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vernier {

/// Counts the n-grams of a candidate once and matches references against them. Symbols are any
/// 32-bit numbers: words (BLEU) or code points (chrF).
///
/// An n-gram is known by the number of its (n-1)-gram and its last symbol, so that nothing is told
/// apart by a hash alone, and a reference is followed only as long as the candidate has what it
/// says: most of its longer n-grams are never looked up.
class NgramOverlap {
 public:
  NgramOverlap();

  /// Starts over with a candidate and n-grams of 1 to `max_order` symbols.
  void set_candidate(std::span<const std::uint32_t> symbols, int max_order);

  /// Adds to matches[n - 1] the matches of order n: sum over n-grams of the lesser count.
  void match(std::span<const std::uint32_t> symbols, std::span<std::uint32_t> matches);

  /// The same, but counts only what goes beyond the matches of all references given to it before:
  /// after the last one the sums are clipped by the largest count in any one reference, as BLEU
  /// has it.
  void match_beyond(std::span<const std::uint32_t> symbols, std::span<std::uint32_t> matches);

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t gram = 0;
    std::uint32_t stamp = 0;
  };
  struct Gram {
    std::uint32_t count;    // in the candidate
    std::uint32_t matched;  // largest matched count of one reference (match_beyond)
    std::uint32_t seen;     // in the text `text`, up to count
    std::uint32_t text;
  };
  template <bool beyond>
  void match_text(std::span<const std::uint32_t> symbols, std::span<std::uint32_t> matches);
  void make_room(std::size_t grams);
  std::size_t slot_of(std::uint64_t key) const;

  int max_order_ = 0;
  std::uint32_t stamp_ = 0;
  std::uint32_t text_ = 0;
  unsigned shift_ = 0;
  std::vector<Slot> slots_;  // linear probing, at most half full
  std::vector<Gram> grams_;
  std::vector<std::uint32_t> begins_, parents_;  // n-grams that can still grow, by order
};

}  // namespace vernier
