#include "metrics/spice/chart/coarse/coarse_chart.h"

#include <algorithm>

namespace vernier::spice {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

// Unlike std::max() this is one instruction.
inline float better(float a, float b) { return a > b ? a : b; }

/// The parts of the values of a span and of its steps.
struct Roles {
  const float *start, *middle, *final;
  Roles(const float* values, std::size_t stride)
      : start(values), middle(values + stride), final(values + 2 * stride) {}
};
struct Steps {
  const float *start_middle, *start_final, *middle_middle, *middle_final;
  Steps(const float* steps, std::size_t stride)
      : start_middle(steps),
        start_final(steps + stride),
        middle_middle(steps + 2 * stride),
        middle_final(steps + 3 * stride) {}
};

/// Adds to the values of a span what it can be with this split.
void combine_split(const Roles& left, const Steps& right_steps, const Steps& left_steps,
                   const Roles& right, std::size_t stride, float* middle, float* final) {
  for (std::size_t i = 0; i < stride; ++i) {
    const float a = better(left.start[i] + right_steps.start_middle[i],
                           left.middle[i] + right_steps.middle_middle[i]);
    const float b = better(right.start[i] + left_steps.start_middle[i],
                           right.middle[i] + left_steps.middle_middle[i]);
    const float c = better(left.start[i] + right_steps.start_final[i],
                           left.middle[i] + right_steps.middle_final[i]);
    const float d = better(right.start[i] + left_steps.start_final[i],
                           right.middle[i] + left_steps.middle_final[i]);
    middle[i] = better(middle[i], better(a, b));
    final[i] = better(final[i], better(c, d));
  }
}

/// Adds to the surroundings of a span (`start`, `middle`) those in which it is completed to
/// `parent` by a sibling (`steps`), and to those of a sibling there (`around`) those in which it
/// completes `other` to `parent`.
void surround_split(const Roles& parent, const Steps& steps, const Roles& other,
                    std::size_t stride, float* start, float* middle, float* around) {
  float* const start_middle = around;
  float* const start_final = around + stride;
  float* const middle_middle = around + 2 * stride;
  float* const middle_final = around + 3 * stride;
  for (std::size_t i = 0; i < stride; ++i) {
    start[i] = better(start[i], better(parent.middle[i] + steps.start_middle[i],
                                       parent.final[i] + steps.start_final[i]));
    middle[i] = better(middle[i], better(parent.middle[i] + steps.middle_middle[i],
                                         parent.final[i] + steps.middle_final[i]));
    start_middle[i] = better(start_middle[i], parent.middle[i] + other.start[i]);
    start_final[i] = better(start_final[i], parent.final[i] + other.start[i]);
    middle_middle[i] = better(middle_middle[i], parent.middle[i] + other.middle[i]);
    middle_final[i] = better(middle_final[i], parent.final[i] + other.middle[i]);
  }
}

}  // namespace

CoarseChart::CoarseChart(std::shared_ptr<const CoarseRules> rules)
    : rules_(std::move(rules)),
      right_around_(rules_->steps_per_span()),
      left_around_(rules_->steps_per_span()),
      present_(rules_->plain_states()) {}

void CoarseChart::make_steps(CoarseWord& word) const {
  word.right_steps.resize(rules_->steps_per_span());
  word.left_steps.resize(rules_->steps_per_span());
  add_siblings(word.inside.data(), word.right_steps.data(), word.left_steps.data());
}

void CoarseChart::find_inside(std::span<const CoarseWord* const> words) {
  count_ = words.size();
  const std::size_t spans = count_ * (count_ + 1) / 2;
  inside_.resize(std::max(inside_.size(), spans * rules_->values_per_span()));
  right_steps_.resize(std::max(right_steps_.size(), spans * rules_->steps_per_span()));
  left_steps_.resize(right_steps_.size());
  for (std::size_t end = 1; end <= count_; ++end) {
    for (std::size_t begin = end; begin-- > 0;) {
      float* const inside = inside_.data() + index(begin, end) * rules_->values_per_span();
      float* const right = right_steps_.data() + index(begin, end) * rules_->steps_per_span();
      float* const left = left_steps_.data() + index(begin, end) * rules_->steps_per_span();
      if (end == begin + 1) {
        const CoarseWord& word = *words[begin];
        std::copy(word.inside.begin(), word.inside.end(), inside);
        std::copy(word.right_steps.begin(), word.right_steps.end(), right);
        std::copy(word.left_steps.begin(), word.left_steps.end(), left);
      } else {
        combine(begin, end);
        apply_unaries(inside);
        add_siblings(inside, right, left);
      }
    }
  }
}

void CoarseChart::combine(std::size_t begin, std::size_t end) {
  const std::size_t values = rules_->values_per_span(), steps = rules_->steps_per_span(),
                    stride = rules_->stride();
  float* const inside = inside_.data() + index(begin, end) * values;
  std::fill(inside, inside + values, kNever);
  for (std::size_t middle = begin + 1; middle < end; ++middle) {
    const std::size_t left = index(begin, middle), right = index(middle, end);
    combine_split(Roles(inside_.data() + left * values, stride),
                  Steps(right_steps_.data() + right * steps, stride),
                  Steps(left_steps_.data() + left * steps, stride),
                  Roles(inside_.data() + right * values, stride), stride, inside + stride,
                  inside + 2 * stride);
  }
}

// A chain of unary rules starts at a complete owner, goes over plain states and ends in the head of
// something. (Chains through states that are head and complete at once are among the closed rules.)
void CoarseChart::apply_unaries(float* inside) const {
  const float* const final = inside + 2 * rules_->stride();
  for (std::size_t owner = 0; owner < rules_->owners(); ++owner) {
    float& value = inside[rules_->owner_slot(owner)];
    value = better(value, final[owner] + rules_->finish(owner));
  }
  const float* const plain = inside + rules_->first_plain();
  for (std::size_t child = 0; child < rules_->plain_states(); ++child) {
    const float value = plain[child];
    if (value == kNever) continue;
    for (const CoarseRules::Entry& rule : rules_->unary_from(child)) {
      inside[rule.to] = better(inside[rule.to], value + rule.score);
    }
  }
  for (std::size_t child = 0; child < rules_->plain_states(); ++child) {
    const float value = plain[child];
    if (value == kNever) continue;
    for (const CoarseRules::Entry& rule : rules_->starts_from(child)) {
      inside[rule.to] = better(inside[rule.to], value + rule.score);
    }
  }
}

void CoarseChart::add_siblings(const float* inside, float* right_steps, float* left_steps) const {
  std::fill(right_steps, right_steps + rules_->steps_per_span(), kNever);
  std::fill(left_steps, left_steps + rules_->steps_per_span(), kNever);
  const float* const plain = inside + rules_->first_plain();
  for (std::size_t sibling = 0; sibling < rules_->plain_states(); ++sibling) {
    const float value = plain[sibling];
    if (value == kNever) continue;
    for (const CoarseRules::Entry& step : rules_->right_steps(sibling)) {
      right_steps[step.to] = better(right_steps[step.to], value + step.score);
    }
    for (const CoarseRules::Entry& step : rules_->left_steps(sibling)) {
      left_steps[step.to] = better(left_steps[step.to], value + step.score);
    }
  }
}

float CoarseChart::upper_bound() const {
  const float* const plain = inside_.data() + index(0, count_) * rules_->values_per_span() +
                             rules_->first_plain();
  float best = kNever;
  for (std::size_t i = 0; i < rules_->plain_states(); ++i) {
    best = better(best, plain[i] + rules_->root(i));
  }
  return best;
}

void CoarseChart::find_outside(float threshold) {
  const std::size_t spans = count_ * (count_ + 1) / 2;
  outside_.resize(std::max(outside_.size(), spans * rules_->values_per_span()));
  alive_.assign(spans, 0);
  parents_.assign(spans, 0);
  begins_.assign(count_ * rules_->plain_states(), 0);
  ends_.assign((count_ + 1) * rules_->plain_states(), 0);
  for (std::size_t width = count_; width > 0; --width) {
    for (std::size_t begin = 0; begin + width <= count_; ++begin) {
      const std::size_t end = begin + width;
      surround(begin, end);
      surround_siblings(begin, end);
      surround_unaries(begin, end);
      drop(begin, end, threshold);
    }
  }
}

void CoarseChart::surround(std::size_t begin, std::size_t end) {
  const std::size_t values = rules_->values_per_span(), steps = rules_->steps_per_span(),
                    stride = rules_->stride();
  float* const outside = outside_.data() + index(begin, end) * values;
  std::fill(outside, outside + values, kNever);
  std::fill(right_around_.begin(), right_around_.end(), kNever);
  std::fill(left_around_.begin(), left_around_.end(), kNever);
  // As the left child of begin … last, completed by a sibling from `end` on, and as the sibling.
  for (std::size_t last = end + 1; last <= count_; ++last) {
    const std::size_t parent = index(begin, last), other = index(end, last);
    if (parents_[parent] == 0) continue;
    surround_split(Roles(outside_.data() + parent * values, stride),
                   Steps(right_steps_.data() + other * steps, stride),
                   Roles(inside_.data() + other * values, stride), stride, outside,
                   outside + stride, left_around_.data());
  }
  for (std::size_t first = 0; first < begin; ++first) {
    const std::size_t parent = index(first, end), other = index(first, begin);
    if (parents_[parent] == 0) continue;
    surround_split(Roles(outside_.data() + parent * values, stride),
                   Steps(left_steps_.data() + other * steps, stride),
                   Roles(inside_.data() + other * values, stride), stride, outside,
                   outside + stride, right_around_.data());
  }
}

void CoarseChart::surround_siblings(std::size_t begin, std::size_t end) {
  const std::size_t cell = index(begin, end) * rules_->values_per_span() + rules_->first_plain();
  const float* const inside = inside_.data() + cell;
  float* const outside = outside_.data() + cell;
  const bool whole = begin == 0 && end == count_;
  for (std::size_t sibling = 0; sibling < rules_->plain_states(); ++sibling) {
    if (inside[sibling] == kNever) continue;
    float value = whole ? rules_->root(sibling) : kNever;
    for (const CoarseRules::Entry& step : rules_->right_steps(sibling)) {
      value = better(value, step.score + right_around_[step.to]);
    }
    for (const CoarseRules::Entry& step : rules_->left_steps(sibling)) {
      value = better(value, step.score + left_around_[step.to]);
    }
    outside[sibling] = value;
  }
}

// As apply_unaries(), backwards.
void CoarseChart::surround_unaries(std::size_t begin, std::size_t end) {
  const std::size_t cell = index(begin, end) * rules_->values_per_span();
  const float* const inside = inside_.data() + cell + rules_->first_plain();
  float* const outside = outside_.data() + cell;
  float* const plain = outside + rules_->first_plain();
  for (std::size_t child = 0; child < rules_->plain_states(); ++child) {
    if (inside[child] == kNever) continue;
    for (const CoarseRules::Entry& rule : rules_->starts_from(child)) {
      plain[child] = better(plain[child], rule.score + outside[rule.to]);
    }
  }
  for (std::size_t child = 0; child < rules_->plain_states(); ++child) {
    if (inside[child] == kNever) continue;
    for (const CoarseRules::Entry& rule : rules_->unary_from(child)) {
      plain[child] = better(plain[child], rule.score + outside[rule.to]);
    }
  }
  float* const final = outside + 2 * rules_->stride();
  for (std::size_t owner = 0; owner < rules_->owners(); ++owner) {
    final[owner] =
        better(final[owner], rules_->finish(owner) + outside[rules_->owner_slot(owner)]);
  }
}

void CoarseChart::drop(std::size_t begin, std::size_t end, float threshold) {
  const std::size_t cell = index(begin, end), values = rules_->values_per_span();
  const float* const inside = inside_.data() + cell * values;
  float* const outside = outside_.data() + cell * values;
  float best = kNever, best_parent = kNever;
  for (std::size_t i = 0; i < values; ++i) {
    outside[i] = inside[i] + outside[i] >= threshold ? outside[i] : kNever;
    best = better(best, outside[i]);
  }
  for (std::size_t i = rules_->stride(); i < 3 * rules_->stride(); ++i) {
    best_parent = better(best_parent, outside[i]);
  }
  alive_[cell] = best > kNever;
  parents_[cell] = best_parent > kNever;
  if (alive_[cell] == 0) return;
  const float* const plain = outside + rules_->first_plain();
  std::uint8_t* const begins = begins_.data() + begin * rules_->plain_states();
  std::uint8_t* const ends = ends_.data() + end * rules_->plain_states();
  for (std::size_t i = 0; i < rules_->plain_states(); ++i) {
    const std::uint8_t left = plain[i] > kNever;
    begins[i] |= left;
    ends[i] |= left;
  }
}

}  // namespace vernier::spice
