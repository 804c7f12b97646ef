#include "metrics/spice/chart/chart.h"

#include <algorithm>
#include <bit>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vernier::spice {
namespace {

std::vector<std::uint32_t> sibling_counts(const ChartRules& rules, bool right) {
  std::vector<std::uint32_t> counts(rules.plain_states());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counts[i] = right ? rules.right_siblings(i) : rules.left_siblings(i);
  }
  return counts;
}

/// Bit i is set where scores[i] is not kAbsent. Reads 64 scores.
inline std::uint64_t present_bits(const float* scores) {
  std::uint64_t bits = 0;
#ifdef __SSE2__
  const __m128 absent = _mm_set1_ps(kAbsent);
  for (int k = 0; k < 16; ++k) {
    const int four = _mm_movemask_ps(_mm_cmpneq_ps(_mm_loadu_ps(scores + 4 * k), absent));
    bits |= static_cast<std::uint64_t>(four) << (4 * k);
  }
#else
  for (int k = 0; k < 64; ++k) bits |= std::uint64_t{scores[k] != kAbsent} << k;
#endif
  return bits;
}

/// Calls visit(sibling, first entry, last) for those of the set.
template <class Entry, class Visit>
inline void for_each_sibling(const Waiting<Entry>& waiting, const std::uint64_t* present,
                             Visit visit) {
  const std::uint32_t* const starts = waiting.starts.data();
  const Entry* const entries = waiting.entries.data();
  for (std::size_t w = 0; w < waiting.siblings.size(); ++w) {
    for (std::uint64_t bits = waiting.siblings[w] & present[w]; bits != 0; bits &= bits - 1) {
      const std::size_t sibling = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      visit(sibling, entries + starts[sibling], entries + starts[sibling + 1]);
    }
  }
}

}  // namespace

Chart::Chart(std::shared_ptr<const ChartRules> rules)
    : rules_(std::move(rules)),
      best_(rules_->plain_words() * 64 + synthetic_words() * 64 + 64, kAbsent),
      left_sorter_(sibling_counts(*rules_, true)),
      right_sorter_(sibling_counts(*rules_, false)) {}

void Chart::fill(std::span<const WordCell* const> words) {
  words_ = words;
  count_ = words.size();
  const std::size_t cells = count_ * (count_ + 1) / 2;
  cells_.assign(cells, {});
  plain_.resize(std::max(plain_.size(), cells * rules_->plain_states()));
  present_.resize(std::max(present_.size(), cells * (rules_->plain_words() + synthetic_words())));
  ranks_.resize(std::max(ranks_.size(), cells * synthetic_words()));
  synthetic_.clear();
  left_.resize(std::max(left_.size(), count_ + 1));
  right_.resize(std::max(right_.size(), cells));
  starting_.assign(count_ + 1, std::vector<std::uint64_t>(rules_->plain_words()));
  for (std::size_t begin = count_; begin-- > 0;) {
    for (std::size_t end = begin + 1; end <= count_; ++end) {
      std::fill(best_.begin(), best_.end(), kAbsent);
      if (end == begin + 1) {
        for (const Item& item : words[begin]->items) best_[item.state] = item.score;
      } else {
        combine(begin, end);
        apply_unaries();
      }
      finish(begin, end);
    }
  }
}

void Chart::combine(std::size_t begin, std::size_t end) {
  float* const best = best_.data();
  for (std::size_t middle = begin + 1; middle < end; ++middle) {
    const std::size_t left = index(begin, middle), right = index(middle, end);
    const float* siblings = plain(right);
    for_each_sibling(left_[middle], present(right),
                     [&](std::size_t sibling, const LeftWaiting* e, const LeftWaiting* last) {
                       const float score = siblings[sibling];
                       for (; e != last; ++e) {
                         best[e->parent] = std::max(best[e->parent], e->score + score);
                       }
                     });
    siblings = plain(left);
    for_each_sibling(right_[right], present(left),
                     [&](std::size_t sibling, const RightWaiting* e, const RightWaiting* last) {
                       const float score = siblings[sibling];
                       for (; e != last; ++e) {
                         best[e->parent] = std::max(best[e->parent], (e->rule + score) + e->child);
                       }
                     });
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
  const std::size_t cell = index(begin, end), plain_states = rules_->plain_states();
  std::copy_n(best_.begin(), plain_states, plain(cell));
  std::uint64_t* set = present(cell);
  for (std::size_t i = 0; i < plain_states; i += 64) {
    std::uint64_t bits = present_bits(best_.data() + i);
    if (plain_states - i < 64) bits &= (std::uint64_t{1} << (plain_states - i)) - 1;
    set[i / 64] = bits;
    starting_[begin][i / 64] |= bits;
  }
  set += rules_->plain_words();
  const bool to_right = end<count_, to_left = begin> 0;
  if (to_right) left_sorter_.begin(starting_[end]);
  if (to_left) right_sorter_.begin(words_[begin - 1]->ending);
  std::uint32_t* const ranks = ranks_.data() + cell * synthetic_words();
  cells_[cell].synthetic = synthetic_.size();
  for (std::size_t w = 0; w < synthetic_words(); ++w) {
    ranks[w] = static_cast<std::uint32_t>(synthetic_.size() - cells_[cell].synthetic);
    const std::size_t first = plain_states + w * 64;
    set[w] = present_bits(best_.data() + first);
    for (std::uint64_t bits = set[w]; bits != 0; bits &= bits - 1) {
      const std::size_t state = first + static_cast<std::size_t>(std::countr_zero(bits));
      const float score = best_[state];
      synthetic_.push_back(score);
      if (to_right) left_sorter_.add(rules_->with_left(state), score);
      if (to_left) right_sorter_.add(rules_->with_right(state), score);
    }
  }
  if (to_right) left_sorter_.end(left_[end]);
  if (to_left) right_sorter_.end(right_[cell]);
}

float Chart::score(ChartState state, std::size_t begin, std::size_t end) const {
  const std::size_t cell = index(begin, end), plain_states = rules_->plain_states();
  if (state < plain_states) return plain_[cell * plain_states + state];
  const std::size_t word = (state - plain_states) / 64;
  const std::uint64_t set =
      present_[cell * (rules_->plain_words() + synthetic_words()) + rules_->plain_words() + word];
  const std::uint64_t bit = std::uint64_t{1} << ((state - plain_states) % 64);
  if ((set & bit) == 0) return kAbsent;
  return synthetic_[cells_[cell].synthetic + ranks_[cell * synthetic_words() + word] +
                    static_cast<std::size_t>(std::popcount(set & (bit - 1)))];
}

}  // namespace vernier::spice
