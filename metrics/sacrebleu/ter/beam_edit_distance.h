// Levenshtein distance within a band around the diagonal, as sacreBLEU 2.6 has it for TER.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vernier {

/// Distances of hypotheses of one length to one reference. Only cells near the line from the first
/// to the last word are computed (25 to either side, more where the lengths differ 50-fold), so the
/// distance may be larger than Levenshtein's.
class BeamEditDistance {
 public:
  /// How the current hypothesis is rewritten into the reference at the least cost; of equal ways,
  /// from the end, the one that keeps or replaces rather than deletes rather than inserts.
  struct Alignment {
    std::vector<std::int32_t> position;        ///< hypothesis word of each reference word, or the
                                               ///< last one before it (-1: none)
    std::vector<std::uint32_t> errors_before;  ///< hypothesis words i' < i that are not kept
    std::vector<std::uint32_t> reference_errors_before;  ///< the same for reference words
  };

  void set_reference(std::span<const std::uint32_t> words);
  /// Fixes the length of the hypotheses that follow.
  void set_length(std::size_t hypothesis_length);
  /// Whether the band holds every cell, so that the distances are Levenshtein's.
  bool covers_everything() const;
  /// Distance of a hypothesis, which becomes the current one. Its first `same` words are those of
  /// the current one before.
  std::uint32_t set_base(std::span<const std::uint32_t> hypothesis, std::size_t same);
  /// Alignment of the current hypothesis.
  const Alignment& align();
  /// Distance of a hypothesis whose first `same` words are those of the current one, or anything
  /// not below `limit` when it is not below it.
  std::uint32_t distance(std::span<const std::uint32_t> hypothesis, std::size_t same,
                         std::uint32_t limit);

 private:
  struct Row {
    std::uint32_t begin, end;  // reference prefixes of which the row has the distance
  };
  std::uint32_t* values(std::size_t row) { return values_.data() + (row == 0 ? 0 : offset(row)); }
  std::size_t offset(std::size_t row) const { return reference_.size() + 1 + (row - 1) * width_; }
  std::uint32_t at(std::size_t row, std::size_t j) const;
  std::uint32_t compute(std::size_t row, const std::uint32_t* above, std::uint32_t word,
                        std::uint32_t* out) const;

  std::vector<std::uint32_t> reference_, hypothesis_;
  std::size_t width_ = 0;              // of the widest row but the first
  std::vector<Row> rows_;              // by hypothesis prefix
  std::vector<std::uint32_t> values_;  // row 0 (the whole reference), then width_ for each
  std::vector<std::uint32_t> scratch_[2];
  Alignment alignment_;
};

}  // namespace vernier
