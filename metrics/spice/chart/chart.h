// The chart of a sentence: for each span and state the best score of that state over that span.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/chart/rules/chart_rules.h"
#include "metrics/spice/chart/rules/waiting.h"
#include "metrics/spice/chart/word_cells.h"

namespace vernier::spice {

/// Scores are floats, as in the original, and made by the same additions in the same order, so that
/// they equal the original's to the last bit. (A maximum does not depend on the order of its
/// candidates, so rules and splits may come in any.) Nothing is left out that could be part of a
/// tree. One thread's scratch; takes some 60 kB a span: 0.1 GB for 60 words.
class Chart {
 public:
  explicit Chart(std::shared_ptr<const ChartRules> rules);

  /// Fills the chart for a sentence.
  void fill(std::span<const WordCell* const> words);

  std::size_t words() const { return count_; }
  /// The score of a state over the words begin … end - 1; kAbsent where it cannot be.
  float score(ChartState state, std::size_t begin, std::size_t end) const;

 private:
  struct Cell {
    std::size_t synthetic = 0;  // in synthetic_: where its scores begin
    std::uint32_t right = 0;    // in right_
  };

  static std::size_t index(std::size_t begin, std::size_t end) {
    return end * (end - 1) / 2 + begin;
  }
  std::size_t synthetic_words() const {
    return (rules_->states() - rules_->plain_states() + 63) / 64;
  }
  float* plain(std::size_t cell) { return plain_.data() + cell * rules_->plain_states(); }
  std::uint64_t* present(std::size_t cell) {
    return present_.data() + cell * (rules_->plain_words() + synthetic_words());
  }

  void combine(std::size_t begin, std::size_t end);
  void apply_unaries();
  void finish(std::size_t begin, std::size_t end);

  std::shared_ptr<const ChartRules> rules_;
  std::size_t count_ = 0;
  std::span<const WordCell* const> words_;
  std::vector<float> best_;  // of the span at hand, by state
  std::vector<Cell> cells_;
  std::vector<float> plain_;            // by cell: scores of plain states
  std::vector<std::uint64_t> present_;  // by cell: sets of plain states and of synthetic ones
  std::vector<std::uint32_t> ranks_;    // by cell: of the latter how many are before each word
  std::vector<float> synthetic_;        // scores of those that are present
  WaitingSorter<LeftWaiting> left_sorter_;
  WaitingSorter<RightWaiting> right_sorter_;
  std::vector<Waiting<LeftWaiting>> left_;    // by end, of spans that begin where this one does
  std::vector<Waiting<RightWaiting>> right_;  // by cell
  std::vector<std::vector<std::uint64_t>> starting_;  // by word: plain states of spans from there
};

}  // namespace vernier::spice
