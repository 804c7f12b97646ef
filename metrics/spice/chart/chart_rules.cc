#include "metrics/spice/chart/chart_rules.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace vernier::spice {

ChartRules::ChartRules(std::shared_ptr<const Grammar> grammar)
    : grammar_(std::move(grammar)), roles_(find_state_roles(*grammar_)) {
  number_states();
  arrange_binary();
  arrange_closed();
}

void ChartRules::number_states() {
  from_file_.resize(grammar_->states());
  std::iota(from_file_.begin(), from_file_.end(), StateId{0});
  const auto rank = [&](StateId state) {
    const StateRole& role = roles_.roles[state];
    const bool synthetic = grammar_->kind(state).synthetic;
    return std::tuple(synthetic, synthetic ? role.role : Role{}, synthetic ? role.owner : 0, state);
  };
  std::sort(from_file_.begin(), from_file_.end(),
            [&](StateId a, StateId b) { return rank(a) < rank(b); });
  in_chart_.resize(from_file_.size());
  for (std::size_t i = 0; i < from_file_.size(); ++i) {
    in_chart_[from_file_[i]] = static_cast<ChartState>(i);
    if (!grammar_->kind(from_file_[i]).synthetic) plain_states_ = i + 1;
  }
}

void ChartRules::arrange_binary() {
  std::vector<std::pair<ChartState, Rule>> with_left, with_right;
  for (const BinaryRule& rule : grammar_->binary_rules()) {
    const ChartState left = in_chart_[rule.left], right = in_chart_[rule.right],
                     parent = in_chart_[rule.parent];
    if (right < plain_states_) {
      with_left.push_back({left, {rule.score, right, parent}});
    } else {
      with_right.push_back({right, {rule.score, left, parent}});
    }
  }
  const auto child = [](const auto& item) { return item.first; };
  const auto rule = [](const auto& item) { return item.second; };
  with_left_ = {with_left, states(), child, rule};
  with_right_ = {with_right, states(), child, rule};
}

void ChartRules::arrange_closed() {
  closed_ = {grammar_->closed_rules(), states(),
             [&](const UnaryRule& rule) { return in_chart_[rule.child]; },
             [&](const UnaryRule& rule) {
               return ClosedRule{rule.score, in_chart_[rule.parent]};
             }};
  unary_places_.assign(states(), kNoPlace);
  for (const ChartState state : in_chart_) {  // ascending numbers of the file
    if (closed_[state].empty()) continue;
    unary_places_[state] = static_cast<std::uint16_t>(unary_children_.size());
    unary_children_.push_back(state);
  }
}

}  // namespace vernier::spice
