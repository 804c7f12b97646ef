// The rules of a grammar, laid out for filling a chart.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/chart/push/push.h"
#include "metrics/spice/grammar/by_state.h"
#include "metrics/spice/grammar/grammar.h"

namespace vernier::spice {

/// A state's number in the chart: plain states (those that are printed) come first, then the
/// synthetic ones, each in the order of the file.
using ChartState = std::uint16_t;

/// Every rule of two children has a plain child, its sibling, beside a synthetic one. Read-only and
/// thread safe.
class ChartRules {
 public:
  struct ClosedRule {
    float score;
    ChartState parent;
  };

  /// Throws Error(kResource) for a grammar with other rules.
  explicit ChartRules(std::shared_ptr<const Grammar> grammar);

  const Grammar& grammar() const { return *grammar_; }
  std::size_t states() const { return from_file_.size(); }
  std::size_t plain_states() const { return plain_states_; }
  ChartState in_chart(StateId state) const { return in_chart_[state]; }

  /// Rules whose left child is this synthetic state; `other` is the plain one on the right. Those
  /// of all states lie one behind the other, from with_left(0) on; each state's are made a multiple
  /// of four by rules whose `other` is states(), no state.
  std::span<const PushRule> with_left(std::size_t child) const { return with_left_[child]; }
  /// Rules whose right child is this synthetic state; `other` is the plain one on the left.
  std::span<const PushRule> with_right(std::size_t child) const { return with_right_[child]; }

  /// Children of closed unary rules, in the order in which the original visits them.
  std::span<const ChartState> unary_children() const { return unary_children_; }
  /// A state's number among them; their count for other states.
  std::uint16_t unary_number(std::size_t state) const { return unary_number_[state]; }
  std::span<const ClosedRule> closed_from(std::size_t child) const { return closed_[child]; }

  /// Sets of plain states, as words of 64 bits.
  std::size_t plain_words() const { return (plain_states_ + 63) / 64; }
  /// The left siblings that can end in a word of this tag.
  std::span<const std::uint64_t> left_siblings_ending_in(std::uint16_t tag) const {
    return std::span(ending_in_).subspan(tag * plain_words(), plain_words());
  }

 private:
  void number_states();
  void arrange_binary();
  void arrange_closed();
  void find_last_tags();

  std::shared_ptr<const Grammar> grammar_;
  std::size_t plain_states_ = 0;
  std::vector<ChartState> in_chart_;
  std::vector<StateId> from_file_;
  ByState<PushRule> with_left_, with_right_;
  ByState<ClosedRule> closed_;
  std::vector<ChartState> unary_children_;
  std::vector<std::uint16_t> unary_number_;
  std::vector<std::uint64_t> ending_in_;  // by tag
};

}  // namespace vernier::spice
