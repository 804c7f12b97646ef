#include "metrics/spice/chart/chart.h"

#include <algorithm>
#include <bit>

namespace vernier::spice {

Chart::Chart(std::shared_ptr<const ChartRules> rules, std::shared_ptr<const CoarseRules> coarse)
    : rules_(std::move(rules)),
      coarse_(std::move(coarse)),
      best_(rules_->states(), kAbsent),
      unary_todo_((rules_->unary_children().size() + 63) / 64) {}

void Chart::fill(std::span<const WordCell* const> words, const CoarseChart& bounds,
                 float threshold) {
  bounds_ = &bounds;
  threshold_ = threshold;
  count_ = words.size();
  cells_.assign(count_ * (count_ + 1) / 2, {});
  plain_.assign(rules_->plain_states(), kAbsent);
  items_.clear();
  right_.clear();
  left_.resize(std::max(left_.size(), count_ + 1));
  for (std::size_t begin = count_; begin-- > 0;) {
    for (std::size_t end = begin + 1; end <= count_; ++end) {
      left_[end].clear();
      if (!bounds.alive(begin, end - begin)) continue;
      begin_ = begin;
      width_ = end - begin;
      if (end == begin + 1) {
        take_word(*words[begin]);
      } else {
        combine(begin, end);
        apply_unaries();
      }
      finish(begin, end);
    }
  }
}

inline void Chart::offer(ChartState state, float bonus, std::uint32_t row, float score) {
  if (score == kAbsent || !bounds_->is_left(row, width_)) return;
  if (score + bonus + bounds_->outside(row, begin_, width_) < threshold_) return;
  float& best = best_[state];
  if (best == kAbsent) {
    found_.push_back(state);
    const std::uint16_t place = rules_->unary_place(state);
    if (place != ChartRules::kNoPlace) {
      unary_todo_[place / 64] |= std::uint64_t{1} << (place % 64);
    }
  }
  best = std::max(best, score);
}

void Chart::take_word(const WordCell& word) {
  for (const Item& item : word.items) {
    const CoarseRules::Info& info = coarse_->info(item.state);
    if (!bounds_->is_left(info.row, 1)) continue;
    if (item.score + info.potential + bounds_->outside(info.row, begin_, 1) < threshold_) continue;
    best_[item.state] = item.score;
    found_.push_back(item.state);
  }
}

void Chart::combine(std::size_t begin, std::size_t end) {
  for (std::size_t middle = begin + 1; middle < end; ++middle) {
    const Cell& right = cells_[index(middle, end)];
    const float* siblings = plain(right);
    if (right.plain != 0) {
      for (const LeftEntry& e : left_[middle]) {
        offer(e.parent, e.bonus, e.row, e.score + siblings[e.sibling]);
      }
    }
    const Cell& left = cells_[index(begin, middle)];
    siblings = plain(left);
    if (left.plain != 0) {
      for (std::uint32_t i = right.waiting.begin; i < right.waiting.end; ++i) {
        const RightEntry& e = right_[i];
        offer(e.parent, e.bonus, e.row, (e.rule + siblings[e.sibling]) + e.child);
      }
    }
  }
}

// Children in the order of the file; a state that appears on the way has its turn if that has not
// passed.
void Chart::apply_unaries() {
  for (std::size_t w = 0; w < unary_todo_.size(); ++w) {
    std::uint64_t passed = 0;
    for (std::uint64_t bits; (bits = unary_todo_[w] & ~passed) != 0;) {
      const int bit = std::countr_zero(bits);
      passed |= (std::uint64_t{2} << bit) - 1;
      const ChartState child = rules_->unary_children()[w * 64 + static_cast<std::size_t>(bit)];
      const float score = best_[child];
      for (const ChartRules::ClosedRule& rule : rules_->closed_from(child)) {
        const CoarseRules::Info& info = coarse_->info(rule.parent);
        offer(rule.parent, info.potential, info.row, score + rule.score);
      }
    }
  }
  std::fill(unary_todo_.begin(), unary_todo_.end(), 0);
}

void Chart::finish(std::size_t begin, std::size_t end) {
  Cell& cell = cells_[index(begin, end)];
  cell.items.begin = static_cast<std::uint32_t>(items_.size());
  const std::size_t plain_states = rules_->plain_states();
  for (const ChartState state : found_) {
    if (state >= plain_states) {
      items_.push_back({best_[state], state});
    } else {
      if (cell.plain == 0) {
        cell.plain = static_cast<std::uint32_t>(plain_.size() / plain_states);
        plain_.resize(plain_.size() + plain_states, kAbsent);
      }
      plain_[cell.plain * plain_states + state] = best_[state];
    }
    best_[state] = kAbsent;
  }
  cell.items.end = static_cast<std::uint32_t>(items_.size());
  found_.clear();
  expand(begin, end);
}

void Chart::expand(std::size_t begin, std::size_t end) {
  Cell& cell = cells_[index(begin, end)];
  std::vector<LeftEntry>& left = left_[end];
  cell.waiting.begin = static_cast<std::uint32_t>(right_.size());
  for (std::uint32_t i = cell.items.begin; i < cell.items.end; ++i) {
    const Item& item = items_[i];
    if (end < count_) {
      for (const ChartRules::Rule& rule : rules_->with_left(item.state)) {
        if (!bounds_->begins(end, rule.sibling)) continue;
        const CoarseRules::Info& info = coarse_->info(rule.parent);
        left.push_back(
            {rule.score + item.score, info.potential, info.row, rule.sibling, rule.parent});
      }
    }
    if (begin > 0) {
      for (const ChartRules::Rule& rule : rules_->with_right(item.state)) {
        if (!bounds_->ends(begin, rule.sibling)) continue;
        const CoarseRules::Info& info = coarse_->info(rule.parent);
        right_.push_back(
            {rule.score, item.score, info.potential, info.row, rule.sibling, rule.parent});
      }
    }
  }
  cell.waiting.end = static_cast<std::uint32_t>(right_.size());
}

float Chart::score(ChartState state, std::size_t begin, std::size_t end) const {
  const Cell& cell = cells_[index(begin, end)];
  if (state < rules_->plain_states()) return plain(cell)[state];
  for (std::uint32_t i = cell.items.begin; i < cell.items.end; ++i) {
    if (items_[i].state == state) return items_[i].score;
  }
  return kAbsent;
}

}  // namespace vernier::spice
