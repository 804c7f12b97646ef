// Upper bounds for the scores of trees that have a given state over a given span.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/chart/coarse/coarse_rules.h"
#include "metrics/spice/chart/coarse/diagonals.h"

namespace vernier::spice {

/// The coarse score of a row over one word.
struct CoarseItem {
  float score;
  std::uint32_t row;
};

/// The coarse chart of a sentence. A link costs the same whatever made the state before it, so the
/// best sibling of each span and link is found once, and a split has only to add and compare: work
/// that grows with the rules and with the splits, not with their product. And it is done for all
/// spans of one width at once, four at a time. One thread's scratch.
class CoarseChart {
 public:
  explicit CoarseChart(std::shared_ptr<const CoarseRules> rules);

  /// The best coarse score of each row over each span; `words` has those of the words.
  void find_inside(std::span<const std::span<const CoarseItem>> words);

  /// No tree scores more.
  float upper_bound() const;

  /// The best coarse score of what is around each row and span. What cannot be part of a tree of
  /// `threshold` or more is left out.
  void find_outside(float threshold);

  /// Whether a row is left over any span of that width; outside() may be asked only then.
  bool is_left(std::size_t row, std::size_t width) const { return outside_.any(row, width); }
  /// The score of the best surroundings, less the potential, of a row over `width` words from
  /// `begin` on; minus infinity where it was left out.
  float outside(std::size_t row, std::size_t begin, std::size_t width) const {
    return outside_.at(row, width)[begin];
  }
  /// Whether anything is left over the span.
  bool alive(std::size_t begin, std::size_t width) const {
    return alive_[(width - 1) * count_ + begin] != 0;
  }
  /// Whether this plain state is left over any span that begins (ends) at a word boundary.
  bool begins(std::size_t at, std::size_t plain) const {
    return begins_[at * rules_->plain_states() + plain] != 0;
  }
  bool ends(std::size_t at, std::size_t plain) const {
    return ends_[at * rules_->plain_states() + plain] != 0;
  }

 private:
  void add_steps(std::size_t width);
  void combine(std::size_t width);
  void apply_unaries(std::size_t width);
  void surround_siblings(std::size_t width);
  void surround_unaries(std::size_t width);
  void surround_child(std::size_t parent, std::size_t child, float score, std::size_t width);
  void drop(std::size_t width);
  void surround_children(std::size_t width);
  void surround_children(std::size_t number, const CoarseRules::Link& link, std::size_t width);

  std::shared_ptr<const CoarseRules> rules_;
  std::size_t count_ = 0;
  float threshold_ = 0;
  Diagonals inside_, outside_;  // by row
  Diagonals steps_;             // by link: with the best sibling over the span
  Diagonals around_;            // by link: what is around a sibling over the span
  std::vector<std::uint8_t> alive_, begins_, ends_;
};

}  // namespace vernier::spice
