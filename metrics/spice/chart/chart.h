// The chart of a sentence: for each span and state the best score of that state over that span.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/chart/chart_rules.h"
#include "metrics/spice/grammar/lexicon.h"

namespace vernier::spice {

constexpr float kAbsent = -std::numeric_limits<float>::infinity();

/// Scores are floats, as in the original, and made by the same additions in the same order, so that
/// they equal the original's to the last bit. (A maximum does not depend on the order of its
/// candidates, so rules and splits may come in any.) One thread's scratch; reused from sentence to
/// sentence.
class Chart {
 public:
  explicit Chart(std::shared_ptr<const ChartRules> rules);

  /// Fills the chart for a sentence of words with these tags.
  void fill(std::span<const std::vector<TagScore>> words);

  std::size_t words() const { return count_; }
  /// The score of a state over the words begin … end - 1; kAbsent where it cannot be.
  float score(ChartState state, std::size_t begin, std::size_t end) const;

  std::size_t bytes() const;

 private:
  /// Candidates that wait for a sibling, by sibling.
  struct LeftEntry {  // for a sibling to the right: rule + left child
    float score;
    std::uint32_t parent;
  };
  struct RightEntry {  // for a sibling to the left
    float rule, child;
    std::uint32_t parent;
  };
  struct Cell {
    std::size_t plain;      // in plain_: scores of all plain states
    std::size_t present;    // in present_: a set of plain states, then one of synthetic ones
    std::size_t synthetic;  // in synthetic_: scores of those of the set
    std::size_t waiting;    // in right_set_: siblings that candidates wait for
    std::size_t ranges;     // in right_ranges_: per plain state its first candidate in right_
  };

  std::size_t index(std::size_t begin, std::size_t end) const {
    return end * (end - 1) / 2 + begin;
  }
  void fill_word(std::size_t begin, std::span<const TagScore> tags);
  void combine(std::size_t begin, std::size_t end);
  void apply_unaries();
  void finish(std::size_t begin, std::size_t end);
  void expand_left(std::size_t begin, std::size_t end);
  void expand_right(std::size_t begin, std::size_t end);

  std::shared_ptr<const ChartRules> rules_;
  std::size_t count_ = 0;
  std::vector<float> best_;  // of the span at hand, by state
  std::vector<Cell> cells_;
  std::vector<float> plain_, synthetic_;
  std::vector<std::uint64_t> present_;
  std::vector<std::uint32_t> ranks_;  // of each word of present_ synthetic: offset in synthetic_
  // Candidates with their left child at the row at hand.
  std::vector<std::vector<LeftEntry>> left_;
  std::vector<std::vector<std::uint32_t>> left_ranges_;
  std::vector<std::vector<std::uint64_t>> left_set_;
  // Candidates with their right child anywhere.
  std::vector<RightEntry> right_;
  std::vector<std::uint32_t> right_ranges_;
  std::vector<std::uint64_t> right_set_;
  std::vector<PlainSet> starting_;  // by word: plain states that some span from there is
  std::vector<PlainSet> ending_;    // by word: left siblings that can end in it
};

}  // namespace vernier::spice
