// The rules of a grammar, laid out for filling a chart.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/grammar/grammar.h"

namespace vernier::spice {

/// A state's number in the chart: plain states (those that are printed) come first, in the order of
/// the file, then the synthetic ones.
using ChartState = std::uint16_t;

/// A set of plain states.
using PlainSet = std::vector<std::uint64_t>;

/// Every rule of two children has a plain child, its sibling, beside the other one, which is
/// nearly always synthetic. Read-only and thread safe.
class ChartRules {
 public:
  struct Rule {
    float score;
    ChartState child, parent;
  };
  struct ClosedRule {
    float score;
    ChartState parent;
  };

  /// Throws Error(kResource) for a grammar with a rule of two synthetic children.
  explicit ChartRules(std::shared_ptr<const Grammar> grammar);

  const Grammar& grammar() const { return *grammar_; }
  std::size_t states() const { return from_file_.size(); }
  std::size_t plain_states() const { return plain_states_; }
  std::size_t plain_words() const { return (plain_states_ + 63) / 64; }
  ChartState in_chart(StateId state) const { return in_chart_[state]; }

  /// Rules whose right child is this plain state: `child` is the left one.
  std::span<const Rule> with_right_sibling(ChartState plain) const { return by_right_[plain]; }
  /// The other rules, whose left child is this plain state and whose right child is synthetic.
  std::span<const Rule> with_left_sibling(ChartState plain) const { return by_left_[plain]; }

  /// Children of closed unary rules, in the order in which the original visits them.
  std::span<const ChartState> unary_children() const { return unary_children_; }
  std::span<const ClosedRule> closed_from(ChartState child) const { return closed_[child]; }

  /// The left siblings that can end in a word of this tag.
  std::span<const std::uint64_t> left_siblings_ending_in(std::uint16_t tag) const {
    return std::span(ending_in_).subspan(tag * plain_words(), plain_words());
  }

 private:
  void number_states();
  void arrange_rules();
  void arrange_closed();
  void find_last_tags();

  std::shared_ptr<const Grammar> grammar_;
  std::size_t plain_states_ = 0;
  std::vector<ChartState> in_chart_;
  std::vector<StateId> from_file_;
  ByState<Rule> by_right_, by_left_;
  std::vector<ChartState> unary_children_;
  ByState<ClosedRule> closed_;
  std::vector<std::uint64_t> ending_in_;  // by tag, sets of plain states
};

}  // namespace vernier::spice
