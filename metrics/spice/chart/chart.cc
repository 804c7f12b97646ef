#include "metrics/spice/chart/chart.h"

#include <algorithm>
#include <bit>

namespace vernier::spice {

Chart::Chart(std::shared_ptr<const ChartRules> rules)
    : rules_(std::move(rules)), best_(rules_->states(), kAbsent) {}

void Chart::fill(std::span<const std::vector<TagScore>> words) {
  count_ = words.size();
  cells_.assign(count_ * (count_ + 1) / 2, {});
  plain_.clear();
  synthetic_.clear();
  present_.clear();
  ranks_.clear();
  right_.clear();
  right_ranges_.clear();
  right_set_.clear();
  left_.resize(std::max(left_.size(), count_ + 1));
  left_ranges_.resize(left_.size());
  left_set_.resize(left_.size());
  starting_.assign(count_, PlainSet(rules_->plain_words()));
  ending_.assign(count_, PlainSet(rules_->plain_words()));
  for (std::size_t i = 0; i < count_; ++i) {
    for (const TagScore& tag : words[i]) {
      const auto set = rules_->left_siblings_ending_in(tag.tag);
      for (std::size_t w = 0; w < set.size(); ++w) ending_[i][w] |= set[w];
    }
  }
  for (std::size_t begin = count_; begin-- > 0;) {
    for (std::size_t end = begin + 1; end <= count_; ++end) {
      std::fill(best_.begin(), best_.end(), kAbsent);
      if (end == begin + 1) {
        fill_word(begin, words[begin]);
      } else {
        combine(begin, end);
      }
      apply_unaries();
      finish(begin, end);
    }
  }
}

void Chart::fill_word(std::size_t, std::span<const TagScore> tags) {
  for (const TagScore& tag : tags) {
    best_[rules_->in_chart(rules_->grammar().tag_state(tag.tag))] = tag.score;
  }
}

void Chart::combine(std::size_t begin, std::size_t end) {
  float* const best = best_.data();
  const std::size_t words = rules_->plain_words();
  for (std::size_t middle = begin + 1; middle < end; ++middle) {
    const Cell& left = cells_[index(begin, middle)];
    const Cell& right = cells_[index(middle, end)];
    const float* const left_plain = plain_.data() + left.plain;
    const float* const right_plain = plain_.data() + right.plain;
    const std::uint64_t* const left_present = present_.data() + left.present;
    const std::uint64_t* const right_present = present_.data() + right.present;
    const std::uint32_t* ranges = left_ranges_[middle].data();
    const LeftEntry* const entries = left_[middle].data();
    for (std::size_t w = 0; w < words; ++w) {
      for (std::uint64_t bits = left_set_[middle][w] & right_present[w]; bits != 0;
           bits &= bits - 1) {
        const std::size_t sibling = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        const float score = right_plain[sibling];
        const LeftEntry* const last = entries + ranges[sibling + 1];
        for (const LeftEntry* e = entries + ranges[sibling]; e != last; ++e) {
          best[e->parent] = std::max(best[e->parent], e->score + score);
        }
      }
    }
    ranges = right_ranges_.data() + right.ranges;
    const std::uint64_t* const waiting = right_set_.data() + right.waiting;
    for (std::size_t w = 0; w < words; ++w) {
      for (std::uint64_t bits = waiting[w] & left_present[w]; bits != 0; bits &= bits - 1) {
        const std::size_t sibling = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        const float score = left_plain[sibling];
        const RightEntry* const last = right_.data() + ranges[sibling + 1];
        for (const RightEntry* e = right_.data() + ranges[sibling]; e != last; ++e) {
          best[e->parent] = std::max(best[e->parent], (e->rule + score) + e->child);
        }
      }
    }
  }
}

void Chart::apply_unaries() {
  float* const best = best_.data();
  for (const ChartState child : rules_->unary_children()) {
    const float score = best[child];
    if (score == kAbsent) continue;
    for (const ChartRules::ClosedRule& rule : rules_->closed_from(child)) {
      best[rule.parent] = std::max(best[rule.parent], score + rule.score);
    }
  }
}

void Chart::finish(std::size_t begin, std::size_t end) {
  Cell& cell = cells_[index(begin, end)];
  const std::size_t plain = rules_->plain_states(), words = rules_->plain_words();
  cell.plain = plain_.size();
  plain_.insert(plain_.end(), best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(plain));
  cell.present = present_.size();
  const std::size_t synthetic_words = (best_.size() - plain + 63) / 64;
  present_.resize(present_.size() + words + synthetic_words);
  std::uint64_t* set = present_.data() + cell.present;
  for (std::size_t i = 0; i < plain; ++i) {
    set[i / 64] |= std::uint64_t{best_[i] != kAbsent} << (i % 64);
  }
  for (std::size_t w = 0; w < words; ++w) starting_[begin][w] |= set[w];
  set += words;
  ranks_.resize(present_.size());
  std::uint32_t* ranks = ranks_.data() + cell.present + words;
  cell.synthetic = synthetic_.size();
  for (std::size_t w = 0; w < synthetic_words; ++w) {
    ranks[w] = static_cast<std::uint32_t>(synthetic_.size() - cell.synthetic);
    std::uint64_t bits = 0;
    const std::size_t first = plain + w * 64, last = std::min(first + 64, best_.size());
    for (std::size_t i = first; i < last; ++i) {
      bits |= std::uint64_t{best_[i] != kAbsent} << (i - first);
    }
    set[w] = bits;
    for (; bits != 0; bits &= bits - 1) {
      synthetic_.push_back(best_[first + static_cast<std::size_t>(std::countr_zero(bits))]);
    }
  }
  if (end < count_) expand_left(begin, end);
  if (begin > 0) expand_right(begin, end);
}

void Chart::expand_left(std::size_t, std::size_t end) {
  std::vector<LeftEntry>& entries = left_[end];
  std::vector<std::uint32_t>& ranges = left_ranges_[end];
  entries.clear();
  ranges.assign(rules_->plain_states() + 1, 0);
  left_set_[end].assign(rules_->plain_words(), 0);
  for (std::size_t w = 0; w < starting_[end].size(); ++w) {
    for (std::uint64_t bits = starting_[end][w]; bits != 0; bits &= bits - 1) {
      const std::size_t sibling = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      const auto rules = rules_->with_right_sibling(static_cast<ChartState>(sibling));
      ranges[sibling] = static_cast<std::uint32_t>(entries.size());
      const std::size_t used = entries.size();
      entries.resize(used + rules.size());
      LeftEntry* out = entries.data() + used;
      for (const ChartRules::Rule& rule : rules) {
        const float child = best_[rule.child];
        *out = {rule.score + child, rule.parent};
        out += child != kAbsent;
      }
      entries.resize(static_cast<std::size_t>(out - entries.data()));
      ranges[sibling + 1] = static_cast<std::uint32_t>(entries.size());
      if (entries.size() > used) left_set_[end][w] |= bits & -bits;
    }
  }
}

void Chart::expand_right(std::size_t begin, std::size_t end) {
  Cell& cell = cells_[index(begin, end)];
  cell.ranges = right_ranges_.size();
  right_ranges_.resize(right_ranges_.size() + rules_->plain_states() + 1);
  std::uint32_t* const ranges = right_ranges_.data() + cell.ranges;
  cell.waiting = right_set_.size();
  right_set_.resize(right_set_.size() + rules_->plain_words());
  for (std::size_t w = 0; w < ending_[begin - 1].size(); ++w) {
    for (std::uint64_t bits = ending_[begin - 1][w]; bits != 0; bits &= bits - 1) {
      const std::size_t sibling = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      const auto rules = rules_->with_left_sibling(static_cast<ChartState>(sibling));
      const std::size_t used = right_.size();
      ranges[sibling] = static_cast<std::uint32_t>(used);
      right_.resize(used + rules.size());
      RightEntry* out = right_.data() + used;
      for (const ChartRules::Rule& rule : rules) {
        const float child = best_[rule.child];
        *out = {rule.score, child, rule.parent};
        out += child != kAbsent;
      }
      right_.resize(static_cast<std::size_t>(out - right_.data()));
      ranges[sibling + 1] = static_cast<std::uint32_t>(right_.size());
      if (right_.size() > used) right_set_[cell.waiting + w] |= bits & -bits;
    }
  }
}

float Chart::score(ChartState state, std::size_t begin, std::size_t end) const {
  const Cell& cell = cells_[index(begin, end)];
  const std::size_t plain = rules_->plain_states();
  if (state < plain) return plain_[cell.plain + state];
  const std::size_t word = cell.present + rules_->plain_words() + (state - plain) / 64;
  const std::uint64_t bit = std::uint64_t{1} << ((state - plain) % 64);
  if ((present_[word] & bit) == 0) return kAbsent;
  const auto before = static_cast<std::size_t>(std::popcount(present_[word] & (bit - 1)));
  return synthetic_[cell.synthetic + ranks_[word] + before];
}

std::size_t Chart::bytes() const { return 0; }

}  // namespace vernier::spice
