#include "metrics/spice/chart/rules/chart_rules.h"

#include <utility>

#include "base/error.h"

namespace vernier::spice {

ChartRules::ChartRules(std::shared_ptr<const Grammar> grammar) : grammar_(std::move(grammar)) {
  number_states();
  arrange_binary();
  arrange_closed();
  find_last_tags();
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
  std::vector<std::pair<ChartState, PushRule>> with_left, with_right;
  for (const BinaryRule& rule : grammar_->binary_rules()) {
    const ChartState left = in_chart_[rule.left], right = in_chart_[rule.right],
                     parent = in_chart_[rule.parent];
    if ((left < plain_states_) == (right < plain_states_)) {
      throw Error(ExitCode::kResource,
                  "not a usable grammar: not one of two children is synthetic");
    }
    if (right < plain_states_) {
      with_left.push_back({left, {rule.score, right, parent}});
    } else {
      with_right.push_back({right, {rule.score, left, parent}});
    }
  }
  std::vector<std::size_t> count(states());
  for (const auto& [state, rule] : with_left) ++count[state];
  const PushRule filler{0, static_cast<ChartState>(states()), 0};
  for (std::size_t state = 0; state < states(); ++state) {
    for (; count[state] % 4 != 0; ++count[state]) {
      with_left.push_back({static_cast<ChartState>(state), filler});
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
  for (std::size_t i = 0; i < states(); ++i) {
    if (!closed_[in_chart_[i]].empty()) unary_children_.push_back(in_chart_[i]);
  }
  unary_number_.assign(states(), static_cast<std::uint16_t>(unary_children_.size()));
  for (std::size_t n = 0; n < unary_children_.size(); ++n) {
    unary_number_[unary_children_[n]] = static_cast<std::uint16_t>(n);
  }
}

/// Which tags the last word of a state can have, as a fixed point over all rules.
void ChartRules::find_last_tags() {
  const std::size_t tags = grammar_->tags(), words = (tags + 63) / 64;
  std::vector<std::uint64_t> last(states() * words);
  for (std::size_t tag = 0; tag < tags; ++tag) {
    const ChartState state = in_chart_[grammar_->tag_state(static_cast<std::uint16_t>(tag))];
    last[state * words + tag / 64] |= std::uint64_t{1} << (tag % 64);
  }
  bool changed = true;
  const auto include = [&](StateId parent, StateId child) {
    for (std::size_t w = 0; w < words; ++w) {
      std::uint64_t& into = last[in_chart_[parent] * words + w];
      const std::uint64_t more = last[in_chart_[child] * words + w] & ~into;
      into |= more;
      changed = changed || more != 0;
    }
  };
  while (changed) {
    changed = false;
    for (const UnaryRule& rule : grammar_->closed_rules()) include(rule.parent, rule.child);
    for (const BinaryRule& rule : grammar_->binary_rules()) include(rule.parent, rule.right);
  }
  ending_in_.resize(tags * plain_words());
  for (std::size_t plain = 0; plain < plain_states_; ++plain) {
    for (std::size_t tag = 0; tag < tags; ++tag) {
      if ((last[plain * words + tag / 64] >> (tag % 64) & 1) != 0) {
        ending_in_[tag * plain_words() + plain / 64] |= std::uint64_t{1} << (plain % 64);
      }
    }
  }
}

}  // namespace vernier::spice
