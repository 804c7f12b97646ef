#include "metrics/spice/chart/coarse/coarse_chart.h"

#include <algorithm>
#include <utility>

namespace vernier::spice {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

/// sums[i] = max(sums[i], a[i] + b[i]) for whole lanes.
inline void add_sums(float* sums, const float* a, const float* b, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kLanes) {
    store4(sums + i, better4(load4(sums + i), load4(a + i) + load4(b + i)));
  }
}

/// Likewise with a constant for b.
inline void add_score(float* sums, const float* a, float score, std::size_t count) {
  for (std::size_t i = 0; i < count; i += kLanes) {
    store4(sums + i, better4(load4(sums + i), load4(a + i) + score));
  }
}

}  // namespace

CoarseChart::CoarseChart(std::shared_ptr<const CoarseRules> rules) : rules_(std::move(rules)) {}

void CoarseChart::find_inside(std::span<const std::span<const CoarseItem>> words) {
  count_ = words.size();
  inside_.reset(rules_->rows(), count_);
  steps_.reset(rules_->links().size(), count_);
  sums_.resize(2 * in_lanes(count_) + kLanes);
  std::vector<float> first(rules_->rows() * count_, kNever);
  for (std::size_t i = 0; i < count_; ++i) {
    for (const CoarseItem& item : words[i]) first[item.row * count_ + i] = item.score;
  }
  for (std::size_t row = 0; row < rules_->rows(); ++row) {
    inside_.put(row, 1, first.data() + row * count_);
  }
  add_steps(1);
  for (std::size_t width = 2; width <= count_; ++width) {
    combine(width);
    apply_unaries(width);
    add_steps(width);
  }
}

void CoarseChart::add_steps(std::size_t width) {
  const std::size_t count = in_lanes(count_ - width + 1);
  for (std::size_t link = 0; link < rules_->links().size(); ++link) {
    std::fill_n(sums_.begin(), count, kNever);
    for (const CoarseRules::Entry& sibling : rules_->siblings(link)) {
      if (!inside_.any(sibling.other, width)) continue;
      add_score(sums_.data(), inside_.at(sibling.other, width), sibling.score, count);
    }
    steps_.put(link, width, sums_.data());
  }
}

void CoarseChart::combine(std::size_t width) {
  const std::size_t count = in_lanes(count_ - width + 1);
  for (std::size_t row = 0; row < rules_->first_plain(); ++row) {
    std::fill_n(sums_.begin(), count, kNever);
    for (const std::uint32_t number : rules_->links_to(row)) {
      const CoarseRules::Link& link = rules_->links()[number];
      for (std::size_t left = 1; left < width; ++left) {
        const std::size_t right = width - left;
        if (link.right) {
          if (!inside_.any(link.from, left) || !steps_.any(number, right)) continue;
          add_sums(sums_.data(), inside_.at(link.from, left), steps_.at(number, right) + left,
                   count);
        } else {
          if (!steps_.any(number, left) || !inside_.any(link.from, right)) continue;
          add_sums(sums_.data(), steps_.at(number, left), inside_.at(link.from, right) + left,
                   count);
        }
      }
    }
    inside_.put(row, width, sums_.data());
  }
}

// (Chains through states that are the beginning of something and complete at once are among the
// closed rules of plain states.)
void CoarseChart::apply_unaries(std::size_t width) {
  const std::size_t count = in_lanes(count_ - width + 1);
  const auto add = [&](std::span<const CoarseRules::Entry> rules) {
    for (const CoarseRules::Entry& rule : rules) {
      if (!inside_.any(rule.other, width)) continue;
      add_score(sums_.data(), inside_.at(rule.other, width), rule.score, count);
    }
  };
  for (std::size_t row = rules_->first_plain(); row < rules_->rows(); ++row) {
    std::fill_n(sums_.begin(), count, kNever);
    add(rules_->finish_to(row));
    inside_.put(row, width, sums_.data());
  }
  const auto improve = [&](std::size_t row, std::span<const CoarseRules::Entry> rules) {
    if (rules.empty()) return;
    std::fill_n(sums_.begin(), count, kNever);
    if (inside_.any(row, width)) std::copy_n(inside_.at(row, width), count, sums_.begin());
    add(rules);
    inside_.put(row, width, sums_.data());
  };
  for (std::size_t row = rules_->first_plain(); row < rules_->rows(); ++row) {
    improve(row, rules_->unary_to(row));
  }
  for (std::size_t row = 0; row < rules_->first_plain(); ++row) {
    improve(row, rules_->start_to(row));
  }
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
  outside_.reset(rules_->rows(), count_);
  around_.reset(rules_->links().size(), count_);
  alive_.assign(count_ * count_, 0);
  begins_.assign((count_ + 1) * rules_->plain_states(), 0);
  ends_.assign(begins_.size(), 0);
  for (std::size_t width = count_; width > 0; --width) {
    surround_rows(width);
    surround_links(width);
    surround_siblings(width);
    surround_unaries(width);
    drop(width, threshold);
  }
}

void CoarseChart::surround_rows(std::size_t width) {
  const std::size_t count = in_lanes(count_ - width + 1);
  for (std::size_t row = 0; row < rules_->first_plain(); ++row) {
    if (!inside_.any(row, width)) continue;
    std::fill_n(sums_.begin(), count, kNever);
    for (const std::uint32_t number : rules_->links_from(row)) {
      const CoarseRules::Link& link = rules_->links()[number];
      for (std::size_t parent = width + 1; parent <= count_; ++parent) {
        const std::size_t other = parent - width, parents = in_lanes(count_ - parent + 1);
        if (!outside_.any(link.to, parent) || !steps_.any(number, other)) continue;
        if (link.right) {
          add_sums(sums_.data(), outside_.at(link.to, parent), steps_.at(number, other) + width,
                   parents);
        } else {
          add_sums(sums_.data() + other, outside_.at(link.to, parent), steps_.at(number, other),
                   parents);
        }
      }
    }
    outside_.put(row, width, sums_.data());
  }
}

void CoarseChart::surround_links(std::size_t width) {
  const std::size_t count = in_lanes(count_ - width + 1);
  for (std::size_t number = 0; number < rules_->links().size(); ++number) {
    if (!steps_.any(number, width)) continue;
    const CoarseRules::Link& link = rules_->links()[number];
    std::fill_n(sums_.begin(), count, kNever);
    for (std::size_t parent = width + 1; parent <= count_; ++parent) {
      const std::size_t other = parent - width, parents = in_lanes(count_ - parent + 1);
      if (!outside_.any(link.to, parent) || !inside_.any(link.from, other)) continue;
      if (link.right) {
        add_sums(sums_.data() + other, outside_.at(link.to, parent), inside_.at(link.from, other),
                 parents);
      } else {
        add_sums(sums_.data(), outside_.at(link.to, parent), inside_.at(link.from, other) + width,
                 parents);
      }
    }
    around_.put(number, width, sums_.data());
  }
}

void CoarseChart::surround_siblings(std::size_t width) {
  const std::size_t count = in_lanes(count_ - width + 1);
  for (std::size_t row = rules_->first_plain(); row < rules_->rows(); ++row) {
    if (!inside_.any(row, width)) continue;
    std::fill_n(sums_.begin(), count, kNever);
    if (width == count_) sums_[0] = rules_->root(row);
    for (const CoarseRules::Entry& link : rules_->sibling_of(row)) {
      if (!around_.any(link.other, width)) continue;
      add_score(sums_.data(), around_.at(link.other, width), link.score, count);
    }
    outside_.put(row, width, sums_.data());
  }
}

// As apply_unaries(), backwards.
void CoarseChart::surround_unaries(std::size_t width) {
  const std::size_t count = in_lanes(count_ - width + 1);
  const auto improve = [&](std::size_t row, std::span<const CoarseRules::Entry> rules) {
    if (rules.empty() || !inside_.any(row, width)) return;
    std::fill_n(sums_.begin(), count, kNever);
    if (outside_.any(row, width)) std::copy_n(outside_.at(row, width), count, sums_.begin());
    for (const CoarseRules::Entry& rule : rules) {
      if (!outside_.any(rule.other, width)) continue;
      add_score(sums_.data(), outside_.at(rule.other, width), rule.score, count);
    }
    outside_.put(row, width, sums_.data());
  };
  for (std::size_t row = rules_->first_plain(); row < rules_->rows(); ++row) {
    improve(row, rules_->start_from(row));
  }
  for (std::size_t row = rules_->first_plain(); row < rules_->rows(); ++row) {
    improve(row, rules_->unary_from(row));
  }
  for (std::size_t row = 0; row < rules_->first_plain(); ++row) {
    improve(row, rules_->finish_from(row));
  }
}

void CoarseChart::drop(std::size_t width, float threshold) {
  const std::size_t count = count_ - width + 1;
  for (std::size_t row = 0; row < rules_->rows(); ++row) {
    if (!outside_.any(row, width)) continue;
    const float* const inside = inside_.at(row, width);
    float* const outside = outside_.at(row, width);
    for (std::size_t i = 0; i < count; ++i) {
      if (inside[i] + outside[i] >= threshold) {
        alive_[(width - 1) * count_ + i] = 1;
        if (row < rules_->first_plain()) continue;
        const std::size_t plain = row - rules_->first_plain();
        begins_[i * rules_->plain_states() + plain] = 1;
        ends_[(i + width) * rules_->plain_states() + plain] = 1;
      } else {
        outside[i] = kNever;
      }
    }
    outside_.put(row, width, outside);
  }
}

}  // namespace vernier::spice
