#include "metrics/spice/chart/coarse/coarse_chart.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace vernier::spice {
namespace {

/// Calls visit(number of vectors, place) for stretches of one to four vectors of a run, the number
/// as a constant, so that they can be kept in registers.
template <class Visit>
void for_stretches(std::size_t count, Visit visit) {
  for (std::size_t at = 0; at < count; at += 4 * kLanes) {
    switch ((count - at) / kLanes) {
      case 1:
        visit(std::integral_constant<std::size_t, 1>(), at);
        break;
      case 2:
        visit(std::integral_constant<std::size_t, 2>(), at);
        break;
      case 3:
        visit(std::integral_constant<std::size_t, 3>(), at);
        break;
      default:
        visit(std::integral_constant<std::size_t, 4>(), at);
    }
  }
}

/// Some vectors of sums of which the best are kept.
template <std::size_t kVectors>
struct Best {
  Four values[kVectors];
  Best() {
    for (Four& value : values) value = all4(kNever);
  }
  void load(const float* from) {
    for (std::size_t k = 0; k < kVectors; ++k) values[k] = load4(from + k * kLanes);
  }
  void add(const float* run, float score) {
    for (std::size_t k = 0; k < kVectors; ++k) {
      values[k] = better4(values[k], load4(run + k * kLanes) + score);
    }
  }
  void add(const float* a, const float* b) {
    for (std::size_t k = 0; k < kVectors; ++k) {
      values[k] = better4(values[k], load4(a + k * kLanes) + load4(b + k * kLanes));
    }
  }
  void store(float* to) const {
    for (std::size_t k = 0; k < kVectors; ++k) store4(to + k * kLanes, values[k]);
  }
};

}  // namespace

CoarseChart::CoarseChart(std::shared_ptr<const CoarseRules> rules) : rules_(std::move(rules)) {}

void CoarseChart::find_inside(std::span<const std::span<const CoarseItem>> words) {
  count_ = words.size();
  inside_.reset(rules_->rows(), count_);
  steps_.reset(rules_->links().size(), count_);
  for (std::size_t i = 0; i < count_; ++i) {
    for (const CoarseItem& item : words[i]) inside_.open(item.row, 1)[i] = item.score;
  }
  add_steps(1);
  for (std::size_t width = 2; width <= count_; ++width) {
    combine(width);
    apply_unaries(width);
    add_steps(width);
  }
}

void CoarseChart::add_steps(std::size_t width) {
  for (std::size_t link = 0; link < rules_->links().size(); ++link) {
    const auto siblings = width == 1 ? rules_->siblings(link) : rules_->phrase_siblings(link);
    float* const run = steps_.at(link, width);
    for_stretches(steps_.count(width), [&](auto vectors, std::size_t at) {
      Best<vectors> best;
      for (const CoarseRules::Entry& sibling : siblings) {
        if (!inside_.any(sibling.other, width)) continue;
        best.add(inside_.at(sibling.other, width) + at, sibling.score);
      }
      best.store(run + at);
    });
    steps_.close(link, width);
  }
}

void CoarseChart::combine(std::size_t width) {
  for (std::size_t row = 0; row < rules_->first_plain(); ++row) {
    if (rules_->links_to(row).empty()) continue;
    float* const run = inside_.at(row, width);
    for_stretches(inside_.count(width), [&](auto vectors, std::size_t at) {
      Best<vectors> best;
      for (const std::uint32_t number : rules_->links_to(row)) {
        const CoarseRules::Link& link = rules_->links()[number];
        for (std::size_t child = 1; child < width; ++child) {
          const std::size_t sibling = width - child;
          if (!inside_.any(link.from, child) || !steps_.any(number, sibling)) continue;
          const float* const child_run = inside_.at(link.from, child) + at;
          const float* const sibling_run = steps_.at(number, sibling) + at;
          if (link.right) {
            best.add(child_run, sibling_run + child);
          } else {
            best.add(sibling_run, child_run + sibling);
          }
        }
      }
      best.store(run + at);
    });
    inside_.close(row, width);
  }
}

// Chains of rules of one child go from complete states to plain ones, over closed rules to other
// plain ones, and from those to the beginnings of synthetic ones. (Chains through states that are
// the beginning of something and complete at once are among the closed rules.)
void CoarseChart::apply_unaries(std::size_t width) {
  const auto improve = [&](std::size_t row, std::span<const CoarseRules::Entry> rules) {
    if (rules.empty()) return;
    float* const run = inside_.at(row, width);
    const bool there = inside_.any(row, width);
    for_stretches(inside_.count(width), [&](auto vectors, std::size_t at) {
      Best<vectors> best;
      if (there) best.load(run + at);
      for (const CoarseRules::Entry& rule : rules) {
        if (!inside_.any(rule.other, width)) continue;
        best.add(inside_.at(rule.other, width) + at, rule.score);
      }
      best.store(run + at);
    });
    inside_.close(row, width);
  };
  const std::size_t plain = rules_->first_plain();
  for (std::size_t row = plain; row < rules_->rows(); ++row) improve(row, rules_->finish_to(row));
  for (std::size_t row = plain; row < rules_->rows(); ++row) improve(row, rules_->unary_to(row));
  for (std::size_t row = 0; row < plain; ++row) improve(row, rules_->start_to(row));
}

float CoarseChart::upper_bound() const {
  float best = kNever;
  for (std::size_t row = rules_->first_plain(); row < rules_->rows(); ++row) {
    if (!inside_.any(row, count_)) continue;
    best = std::max(best, *inside_.at(row, count_) + rules_->root(row));
  }
  return best;
}

void CoarseChart::find_outside(float threshold) {
  threshold_ = threshold;
  outside_.reset(rules_->rows(), count_);
  around_.reset(rules_->links().size(), count_);
  alive_.assign(count_ * count_, 0);
  begins_.assign((count_ + 1) * rules_->plain_states(), 0);
  ends_.assign(begins_.size(), 0);
  for (std::size_t row = rules_->first_plain(); row < rules_->rows(); ++row) {
    if (rules_->root(row) == kNever || !inside_.any(row, count_)) continue;
    *outside_.open(row, count_) = rules_->root(row);
  }
  for (std::size_t width = count_; width > 0; --width) {
    surround_siblings(width);
    surround_unaries(width);
    drop(width);
    surround_children(width);
  }
}

void CoarseChart::surround_siblings(std::size_t width) {
  for (std::size_t link = 0; link < rules_->links().size(); ++link) {
    if (!around_.any(link, width)) continue;
    const float* const around = around_.at(link, width);
    const auto siblings = width == 1 ? rules_->siblings(link) : rules_->phrase_siblings(link);
    for (const CoarseRules::Entry& sibling : siblings) {
      if (!inside_.any(sibling.other, width)) continue;
      const float* const inside = inside_.at(sibling.other, width);
      for (std::size_t i = 0; i < outside_.count(width); i += kLanes) {
        const Four value = load4(around + i) + sibling.score;
        if (best_of(value + load4(inside + i)) < threshold_) continue;
        float* const outside = outside_.open(sibling.other, width) + i;
        store4(outside, better4(load4(outside), value));
      }
    }
  }
}

/// As apply_unaries(), backwards.
void CoarseChart::surround_unaries(std::size_t width) {
  const auto to_children = [&](std::size_t row, std::span<const CoarseRules::Entry> children) {
    if (!outside_.any(row, width)) return;
    for (const CoarseRules::Entry& child : children) {
      surround_child(row, child.other, child.score, width);
    }
  };
  const std::size_t plain = rules_->first_plain();
  for (std::size_t row = 0; row < plain; ++row) to_children(row, rules_->start_to(row));
  for (std::size_t row = plain; row < rules_->rows(); ++row) to_children(row, rules_->unary_to(row));
  for (std::size_t row = plain; row < rules_->rows(); ++row) {
    to_children(row, rules_->finish_to(row));
  }
}

void CoarseChart::surround_child(std::size_t parent, std::size_t child, float score,
                                 std::size_t width) {
  if (!inside_.any(child, width)) return;
  const float* const from = outside_.at(parent, width);
  const float* const inside = inside_.at(child, width);
  for (std::size_t i = 0; i < outside_.count(width); i += kLanes) {
    const Four value = load4(from + i) + score;
    if (best_of(value + load4(inside + i)) < threshold_) continue;
    float* const outside = outside_.open(child, width) + i;
    store4(outside, better4(load4(outside), value));
  }
}

void CoarseChart::drop(std::size_t width) {
  const std::size_t count = count_ - width + 1, plain = rules_->plain_states();
  for (std::size_t row = 0; row < rules_->rows(); ++row) {
    if (!outside_.any(row, width)) continue;
    const float* const inside = inside_.at(row, width);
    float* const outside = outside_.at(row, width);
    for (std::size_t i = 0; i < count; ++i) {
      if (inside[i] + outside[i] < threshold_) outside[i] = kNever;
      if (outside[i] == kNever) continue;
      alive_[(width - 1) * count_ + i] = 1;
      if (row < rules_->first_plain()) continue;
      begins_[i * plain + row - rules_->first_plain()] = 1;
      ends_[(i + width) * plain + row - rules_->first_plain()] = 1;
    }
    outside_.close(row, width);
  }
}

void CoarseChart::surround_children(std::size_t width) {
  for (std::size_t row = 0; row < rules_->first_plain(); ++row) {
    if (!outside_.any(row, width)) continue;
    for (const std::uint32_t number : rules_->links_to(row)) {
      surround_children(number, rules_->links()[number], width);
    }
  }
}

void CoarseChart::surround_children(std::size_t number, const CoarseRules::Link& link,
                                    std::size_t width) {
  const float* const parent = outside_.at(link.to, width);
  for (std::size_t child = 1; child < width; ++child) {
    const std::size_t sibling = width - child;
    if (!inside_.any(link.from, child) || !steps_.any(number, sibling)) continue;
    // Where the child and its sibling begin, from the begin of the parent.
    const std::size_t child_at = link.right ? 0 : sibling, sibling_at = link.right ? child : 0;
    const float* const inside = inside_.at(link.from, child) + child_at;
    const float* const step = steps_.at(number, sibling) + sibling_at;
    for (std::size_t i = 0; i < outside_.count(width); i += kLanes) {
      const Four around_child = load4(parent + i) + load4(step + i);
      const Four child_inside = load4(inside + i);
      if (best_of(around_child + child_inside) < threshold_) continue;
      float* const outside = outside_.open(link.from, child) + child_at + i;
      store4(outside, better4(load4(outside), around_child));
      float* const around = around_.open(number, sibling) + sibling_at + i;
      store4(around, better4(load4(around), load4(parent + i) + child_inside));
    }
  }
}

}  // namespace vernier::spice
