#include "metrics/spice/chart/chart_rules.h"

#include <utility>

#include "base/error.h"

namespace vernier::spice {

ChartRules::ChartRules(std::shared_ptr<const Grammar> grammar) : grammar_(std::move(grammar)) {
  number_states();
  arrange_binary();
  arrange_closed();
}

void ChartRules::number_states() {
  const std::size_t count = grammar_->states();
  in_chart_.resize(count);
  for (const bool synthetic : {false, true}) {
    for (std::size_t i = 0; i < count; ++i) {
      const auto state = static_cast<StateId>(i);
      if (grammar_->kind(state).synthetic != synthetic) continue;
      in_chart_[i] = static_cast<ChartState>(from_file_.size());
      from_file_.push_back(state);
    }
    if (!synthetic) plain_states_ = from_file_.size();
  }
}

void ChartRules::arrange_binary() {
  std::vector<std::pair<ChartState, Rule>> with_left, with_right;
  for (const BinaryRule& rule : grammar_->binary_rules()) {
    const ChartState left = in_chart_[rule.left], right = in_chart_[rule.right],
                     parent = in_chart_[rule.parent];
    if ((left < plain_states_) == (right < plain_states_) || parent < plain_states_) {
      throw Error(ExitCode::kResource,
                  "not a usable grammar: a rule of two children is not one of a chain");
    }
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
