// The chart of a sentence: for each span and state the best score of that state over that span.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/chart/chart_rules.h"
#include "metrics/spice/chart/coarse/coarse_chart.h"
#include "metrics/spice/chart/word_cells.h"

namespace vernier::spice {

constexpr float kAbsent = -std::numeric_limits<float>::infinity();

/// Holds what can be part of a tree of a given score or more, by the bounds of a coarse chart.
///
/// Scores are floats, as in the original, and made by the same additions in the same order, so that
/// they equal the original's to the last bit. (A maximum does not depend on the order of its
/// candidates, so rules and splits may come in any.)
///
/// Why leaving out changes nothing. Let a candidate (a rule, a split, the items below) be left out
/// only when its score plus the bound of its surroundings is below t, and let some tree score t + d
/// or more, where d is more than all rounding of sums. Then take any item of any tree that scores
/// within d of the best one. The candidate that gives the item its score in the full chart, put
/// into that tree, makes a tree that scores no less, so neither the candidate nor what is below it
/// is left out; by induction over spans, and over the steps of the unary pass, the item has the
/// score of the full chart. What is left out can only lower other scores. So the reading of the
/// tree, which takes the best candidate at each node of a best tree, finds the same candidates with
/// the same scores, and equal ones, which decide by their order, are all there.
///
/// One thread's scratch.
class Chart {
 public:
  Chart(std::shared_ptr<const ChartRules> rules, std::shared_ptr<const CoarseRules> coarse);

  /// `bounds` has the surroundings for `threshold`.
  void fill(std::span<const WordCell* const> words, const CoarseChart& bounds, float threshold);

  std::size_t words() const { return count_; }
  /// The score of a state over the words begin … end - 1; kAbsent where it is not there.
  float score(ChartState state, std::size_t begin, std::size_t end) const;

 private:
  /// Candidates that wait for a sibling. `bonus` and `row` say how the parent meets its bound.
  struct LeftEntry {
    float score;  // rule + left child
    float bonus;
    std::uint32_t row;
    ChartState sibling, parent;
  };
  struct RightEntry {
    float rule, child;
    float bonus;
    std::uint32_t row;
    ChartState sibling, parent;
  };
  struct Range {
    std::uint32_t begin = 0, end = 0;
  };
  struct Cell {
    std::uint32_t plain = 0;  // row of plain_; row 0 is that of spans that are nothing
    Range items, waiting;     // in items_, right_
  };

  static std::size_t index(std::size_t begin, std::size_t end) {
    return end * (end - 1) / 2 + begin;
  }
  const float* plain(const Cell& cell) const {
    return plain_.data() + cell.plain * rules_->plain_states();
  }
  void offer(ChartState state, float bonus, std::uint32_t row, float score);
  void take_word(const WordCell& word);
  void combine(std::size_t begin, std::size_t end);
  void apply_unaries();
  void finish(std::size_t begin, std::size_t end);
  void expand(std::size_t begin, std::size_t end);

  std::shared_ptr<const ChartRules> rules_;
  std::shared_ptr<const CoarseRules> coarse_;
  const CoarseChart* bounds_ = nullptr;
  float threshold_ = 0;
  std::size_t count_ = 0;
  // The span at hand.
  std::size_t begin_ = 0, width_ = 0;
  std::vector<float> best_;               // by state
  std::vector<ChartState> found_;         // those that are not absent
  std::vector<std::uint64_t> unary_todo_;  // by place among the children of unary rules
  // Spans that are done.
  std::vector<Cell> cells_;
  std::vector<float> plain_;
  std::vector<Item> items_;  // synthetic states
  std::vector<std::vector<LeftEntry>> left_;  // by end; of spans that begin where the one at hand does
  std::vector<RightEntry> right_;
};

}  // namespace vernier::spice
