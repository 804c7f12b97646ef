// TER's number of edits: block shifts, found greedily, and the edit distance of what they leave
// (Snover et al. 2006, section 3), with the choices and limits of sacreBLEU 2.6.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "metrics/sacrebleu/ter/beam_edit_distance.h"
#include "metrics/sacrebleu/ter/bit_edit_distance.h"
#include "metrics/words/vocabulary.h"

namespace vernier {

/// One thread at a time.
class ShiftEdits {
 public:
  /// Edits that turn the hypothesis into the reference.
  std::uint64_t count(std::span<const WordId> hypothesis, std::span<const WordId> reference);

 private:
  /// A block of hypothesis words [start, start + length) put in front of word `target`.
  struct Shift {
    std::uint32_t gain = 0, length = 0, start = 0, target = 0;
  };
  void number_words(std::span<const WordId> hypothesis, std::span<const WordId> reference);
  std::optional<Shift> best_shift(std::uint32_t distance);
  void try_block(std::uint32_t start, std::uint32_t reference_start, std::uint32_t length,
                 const BeamEditDistance::Alignment& alignment, std::uint32_t distance, Shift& best);
  std::size_t apply(const Shift& shift, std::vector<std::uint32_t>& words) const;
  std::uint32_t distance_after(const Shift& shift, std::uint32_t limit);

  BeamEditDistance beam_;
  BitEditDistance bits_;
  bool use_bits_ = false;     // texts short enough for it
  bool all_in_beam_ = false;  // the band holds the whole matrix: both distances are the same
  std::size_t checked_ = 0;   // shifts looked at for this pair
  // Words as numbers: those of the reference from 1, 0 for any other.
  std::vector<std::uint32_t> hypothesis_, reference_, shifted_;
  std::vector<std::pair<WordId, std::uint32_t>> numbers_;
  // Reference positions of each number, ascending: positions_[begin_[n] .. begin_[n + 1]).
  std::vector<std::uint32_t> begin_, positions_;
};

}  // namespace vernier
