// The chart of a sentence: for each span and state the best score of that state over that span.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/chart/push/push.h"
#include "metrics/spice/chart/rules/chart_rules.h"
#include "metrics/spice/chart/word_cells.h"

namespace vernier::spice {

/// Scores are floats, as in the original, and made by the same additions in the same order, so that
/// they equal the original's to the last bit. (A maximum does not depend on the order of its
/// candidates, so rules and splits may come in any.) Nothing is left out that could be part of a
/// tree.
///
/// Rows are filled from the last word to the first, a row being all spans that begin with one word,
/// and within it the shortest span first. A finished span hands its states on to all longer spans
/// of its row at once (push/push.h): a rule costs one addition and one maximum of vectors, however
/// many spans are behind. Steps are listed first, with few branches that depend on the data: their
/// wrong predictions took most of the time. One thread's scratch.
class Chart {
 public:
  Chart(std::shared_ptr<const ChartRules> rules, RunSteps run_steps);

  /// Fills the chart for a sentence.
  void fill(std::span<const WordCell* const> words);

  std::size_t words() const { return count_; }
  /// The score of a state over the words begin … end - 1; kAbsent where it cannot be.
  float score(ChartState state, std::size_t begin, std::size_t end) const {
    const Row& row = rows_[begin];
    return row.scores[row.slot_of[state] * row.stride + place(row, end - 1)];
  }

 private:
  /// Vectors of kEnds scores that cross from one cache line to the next take twice as long.
  struct alignas(kEnds * sizeof(float)) Scores {
    float ends[kEnds];
  };
  /// RowView's arrays, and what longer spans need of a finished row.
  struct Row {
    std::size_t skipped = 0, stride = 0;  // places
    std::vector<Scores> blocks;
    float* scores = nullptr;  // in blocks
    std::vector<std::uint16_t> slot_of, state_of;
    // Rules whose right child is a synthetic state of this row, by their left child; `other` is
    // the right child's slot.
    std::vector<std::uint32_t> starts;
    std::vector<PushRule> rules;
  };
  struct Left {  // a synthetic state of the row at hand that is a left child
    std::uint16_t slot;
    std::uint32_t begin, end;  // its rules
  };
  struct Plain {
    std::uint16_t slot, state;
  };
  struct Present {
    float score;
    std::uint32_t begin, end;
  };
  struct RightRule {
    PushRule rule;
    std::uint16_t left;
  };

  /// Where a row has the scores of spans that end with this word. Places are counted so that the
  /// sentence's last word has the last one of a block: most rows are then short ones.
  std::size_t place(const Row& row, std::size_t last_word) const {
    return last_word + stride_ - count_ - row.skipped;
  }

  void fill_row(std::size_t begin);
  std::uint16_t new_slot(ChartState state);
  void note_unary(ChartState state);
  void apply_unaries(std::size_t last_word);
  void sort_new();
  void make_room(std::size_t slots);
  void list_steps(std::size_t last_word, const Row& right);
  void collect_rules(std::size_t begin, Row& row);

  std::shared_ptr<const ChartRules> rules_;
  RunSteps run_steps_;
  std::size_t count_ = 0, stride_ = 0;
  std::span<const WordCell* const> words_;
  std::vector<Row> rows_;
  // Of the row at hand:
  Row* row_ = nullptr;
  std::size_t slots_ = 0, sorted_ = 0;  // slots in use; those that are in one of:
  std::vector<Left> left_;
  std::vector<Plain> plain_;
  std::vector<std::uint64_t> unary_;  // set of the unary children that have slots, by order
  // Of the span at hand:
  std::vector<Present> present_;
  std::vector<PushStep> steps_;
  std::size_t step_count_ = 0;
  std::vector<RightRule> right_rules_;
};

}  // namespace vernier::spice
