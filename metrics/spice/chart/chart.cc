#include "metrics/spice/chart/chart.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace vernier::spice {

Chart::Chart(std::shared_ptr<const ChartRules> rules, RunSteps run_steps)
    : rules_(std::move(rules)), run_steps_(run_steps) {}

void Chart::fill(std::span<const WordCell* const> words) {
  words_ = words;
  count_ = words.size();
  stride_ = (count_ + kEnds - 1) / kEnds * kEnds;
  if (rows_.size() < count_) rows_.resize(count_);
  for (std::size_t begin = count_; begin-- > 0;) fill_row(begin);
}

void Chart::fill_row(std::size_t begin) {
  row_ = &rows_[begin];
  row_->skipped = (begin + stride_ - count_) / kEnds * kEnds;
  row_->stride = stride_ - row_->skipped;
  row_->slot_of.assign(rules_->states() + 1, 0);  // the last stands for no state
  row_->state_of.resize(rules_->states() + 1);
  slots_ = 0;
  make_room(1);
  std::fill_n(row_->scores, row_->stride, kAbsent);
  slots_ = 1;
  sorted_ = 1;
  left_.clear();
  plain_.clear();
  unary_.assign((rules_->unary_children().size() + 63) / 64, 0);
  for (const Item& item : words_[begin]->items) {
    const std::size_t slot = new_slot(item.state);
    row_->scores[slot * row_->stride + place(*row_, begin)] = item.score;
  }
  for (std::size_t end = begin + 1; end < count_; ++end) {
    sort_new();
    if (end > begin + 1) apply_unaries(end - 1);
    sort_new();
    Row& right = rows_[end];
    list_steps(end - 1, right);
    make_room(std::min(step_count_, rules_->states()));
    RowView view{row_->scores, row_->stride, row_->slot_of.data(), row_->state_of.data(), slots_};
    run_steps_(view, steps_.data(), step_count_, {right.scores, right.stride, nullptr, nullptr, 0});
    slots_ = view.slots;
  }
  sort_new();
  if (count_ > begin + 1) apply_unaries(count_ - 1);
  if (begin > 0) collect_rules(begin, *row_);
}

/// Room for so many new slots.
void Chart::make_room(std::size_t slots) {
  const std::size_t wanted = std::min(slots_ + slots, rules_->states() + 1) * row_->stride / kEnds;
  if (row_->blocks.size() < wanted) row_->blocks.resize(wanted + wanted / 4);
  row_->scores = row_->blocks.data()->ends;
}

std::uint16_t Chart::new_slot(ChartState state) {
  make_room(1);
  const auto slot = static_cast<std::uint16_t>(slots_++);
  row_->slot_of[state] = slot;
  row_->state_of[slot] = state;
  std::fill_n(row_->scores + slot * row_->stride, row_->stride, kAbsent);
  note_unary(state);
  return slot;
}

void Chart::note_unary(ChartState state) {
  const std::uint16_t number = rules_->unary_number(state);
  if (number < rules_->unary_children().size()) {
    unary_[number / 64] |= std::uint64_t{1} << (number % 64);
  }
}

/// In the order of the original, in place: see ChartRules::unary_children(). Children that come up
/// on the way take part if their turn is still to come.
void Chart::apply_unaries(std::size_t last_word) {
  const std::span<const ChartState> children = rules_->unary_children();
  const std::uint16_t* const slot_of = row_->slot_of.data();
  const std::size_t stride = row_->stride, at = place(*row_, last_word);
  for (std::size_t w = 0; w < unary_.size(); ++w) {
    std::uint64_t to_come = ~std::uint64_t{0};
    for (std::uint64_t bits; (bits = unary_[w] & to_come) != 0;) {
      const int bit = std::countr_zero(bits);
      to_come = bit == 63 ? 0 : ~std::uint64_t{0} << (bit + 1);
      const ChartState child = children[w * 64 + static_cast<std::size_t>(bit)];
      const float score = row_->scores[slot_of[child] * stride + at];
      if (score == kAbsent) continue;
      for (const ChartRules::ClosedRule& rule : rules_->closed_from(child)) {
        std::size_t slot = slot_of[rule.parent];
        if (slot == 0) [[unlikely]]
          slot = new_slot(rule.parent);
        float& parent = row_->scores[slot * stride + at];
        parent = std::max(parent, score + rule.score);
      }
    }
  }
}

void Chart::sort_new() {
  const PushRule* const rules = rules_->with_left(0).data();
  for (; sorted_ < slots_; ++sorted_) {
    const std::uint16_t state = row_->state_of[sorted_];
    note_unary(state);
    const auto slot = static_cast<std::uint16_t>(sorted_);
    if (state < rules_->plain_states()) {
      plain_.push_back({slot, state});
      continue;
    }
    const std::span<const PushRule> of_state = rules_->with_left(state);
    if (of_state.empty()) continue;
    const auto first = static_cast<std::uint32_t>(of_state.data() - rules);
    left_.push_back({slot, first, first + static_cast<std::uint32_t>(of_state.size())});
  }
}

/// All rules that join a state of the span that ends with `last_word` and one of the row behind.
void Chart::list_steps(std::size_t last_word, const Row& right) {
  const float* const scores = row_->scores + place(*row_, last_word);
  const std::size_t stride = row_->stride;
  std::size_t count = 0;
  const auto room_for = [&](std::size_t more) {
    if (steps_.size() < count + more + kStepsAhead) steps_.resize(2 * (count + more) + 1024);
  };
  present_.resize(left_.size() + 4);
  std::size_t present = 0;
  for (const Left& left : left_) {
    const float score = scores[left.slot * stride];
    present_[present] = {score, left.begin, left.end};
    present += score != kAbsent;
  }
  const PushRule* const rules = rules_->with_left(0).data();
  const std::uint16_t* const slot_of = right.slot_of.data();
  for (std::size_t n = 0; n < present; ++n) {
    __builtin_prefetch(rules + present_[n + 4].begin);
    const Present left = present_[n];
    room_for(left.end - left.begin);
    PushStep* const steps = steps_.data();
    for (std::uint32_t r = left.begin; r < left.end; r += 4) {
      for (std::uint32_t k = r; k < r + 4; ++k) {
        const std::uint16_t slot = slot_of[rules[k].other];
        steps[count] = {rules[k].score + left.score, slot, rules[k].parent};
        count += slot != 0;
      }
    }
  }
  for (const Plain& plain : plain_) {
    const float score = scores[plain.slot * stride];
    if (score == kAbsent) continue;
    const std::uint32_t begin = right.starts[plain.state], end = right.starts[plain.state + 1u];
    room_for(end - begin);
    PushStep* const steps = steps_.data() + count;
    for (std::uint32_t r = begin; r < end; ++r) {
      const PushRule& rule = right.rules[r];
      steps[r - begin] = {rule.score + score, rule.other, rule.parent};
    }
    count += end - begin;
  }
  room_for(0);
  std::fill_n(steps_.begin() + static_cast<std::ptrdiff_t>(count), kStepsAhead, PushStep{});
  step_count_ = count;
}

/// Only with left children that can end in the word before.
void Chart::collect_rules(std::size_t begin, Row& row) {
  const std::vector<std::uint64_t>& ending = words_[begin - 1]->ending;
  row.starts.assign(rules_->plain_states() + 2, 0);
  std::size_t count = 0;
  for (std::size_t slot = 1; slot < slots_; ++slot) {
    const std::span<const PushRule> rules = rules_->with_right(row.state_of[slot]);
    if (right_rules_.size() < count + rules.size() + 1) {
      right_rules_.resize(2 * (count + rules.size()) + 1024);
    }
    for (const PushRule& rule : rules) {
      const std::uint64_t wanted = ending[rule.other / 64] >> (rule.other % 64) & 1;
      right_rules_[count] = {{rule.score, static_cast<std::uint16_t>(slot), rule.parent},
                             rule.other};
      row.starts[rule.other + 2u] += static_cast<std::uint32_t>(wanted);
      count += wanted;
    }
  }
  for (std::size_t i = 2; i < row.starts.size(); ++i) row.starts[i] += row.starts[i - 1];
  row.rules.resize(count);
  for (std::size_t n = 0; n < count; ++n) {
    row.rules[row.starts[right_rules_[n].left + 1u]++] = right_rules_[n].rule;
  }
}

}  // namespace vernier::spice
