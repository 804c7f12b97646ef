// The rules of a grammar, laid out for filling a chart.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "metrics/spice/chart/state_roles.h"
#include "metrics/spice/grammar/by_state.h"
#include "metrics/spice/grammar/grammar.h"

namespace vernier::spice {

/// A state's number in the chart: plain states (those that are printed) come first, in the order of
/// the file, then the synthetic ones by role and owner.
using ChartState = std::uint16_t;

/// Every rule of two children has a synthetic parent, one synthetic child and one plain child, its
/// sibling. Read-only and thread safe.
class ChartRules {
 public:
  struct Rule {
    float score;
    ChartState sibling, parent;
  };
  struct ClosedRule {
    float score;
    ChartState parent;
  };
  static constexpr std::uint16_t kNoPlace = 0xFFFF;

  /// Throws Error(kResource) for a grammar with other rules.
  explicit ChartRules(std::shared_ptr<const Grammar> grammar);

  const Grammar& grammar() const { return *grammar_; }
  std::size_t states() const { return from_file_.size(); }
  std::size_t plain_states() const { return plain_states_; }
  ChartState in_chart(StateId state) const { return in_chart_[state]; }
  bool is_tag(ChartState state) const { return grammar_->kind(from_file_[state]).tag; }
  const StateRole& role(ChartState state) const { return roles_.roles[from_file_[state]]; }
  std::size_t owners() const { return roles_.owners.size(); }
  /// The plain state that an owner is.
  ChartState owner_state(std::size_t owner) const { return in_chart_[roles_.owners[owner]]; }

  /// Rules whose left child is this synthetic state; the sibling stands to the right.
  std::span<const Rule> with_left(ChartState child) const { return with_left_[child]; }
  /// Rules whose right child is this synthetic state; the sibling stands to the left.
  std::span<const Rule> with_right(ChartState child) const { return with_right_[child]; }

  std::span<const ClosedRule> closed_from(ChartState child) const { return closed_[child]; }
  /// Children of closed unary rules, in the order in which the original visits them.
  std::span<const ChartState> unary_children() const { return unary_children_; }
  /// A state's place among them, or kNoPlace.
  std::uint16_t unary_place(ChartState state) const { return unary_places_[state]; }

 private:
  void number_states();
  void arrange_binary();
  void arrange_closed();

  std::shared_ptr<const Grammar> grammar_;
  StateRoles roles_;
  std::size_t plain_states_ = 0;
  std::vector<ChartState> in_chart_;
  std::vector<StateId> from_file_;
  ByState<Rule> with_left_, with_right_;
  ByState<ClosedRule> closed_;
  std::vector<ChartState> unary_children_;
  std::vector<std::uint16_t> unary_places_;
};

}  // namespace vernier::spice
