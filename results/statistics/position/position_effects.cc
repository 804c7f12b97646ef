#include "results/statistics/position/position_effects.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "results/statistics/normal.h"
#include "results/statistics/position/contrasts.h"
#include "results/statistics/resampling/philox.h"

namespace vernier {
namespace {

/// Values sorted by image, and what least squares needs of the design.
class Design {
 public:
  Design(std::span<const PositionValue> values, std::size_t positions)
      : positions_(positions), values_(values.begin(), values.end()), at_(positions) {
    std::ranges::stable_sort(values_, {}, &PositionValue::image);
    information_.assign(positions * positions, 0);
    expected_.assign(positions, 0);
    for (std::size_t begin = 0; begin < values_.size();) {
      std::size_t end = begin;
      while (end < values_.size() && values_[end].image == values_[begin].image) ++end;
      add_image(begin, end);
      begin = end;
    }
    inverse_ = pseudo_inverse(information_, positions);
  }

  const std::vector<PositionValue>& values() const { return values_; }
  const std::vector<std::size_t>& images() const { return images_; }  ///< where each begins
  bool balanced() const { return balanced_; }
  /// Whether all positions can be compared.
  bool connected() const { return !inverse_.empty(); }

  /// Effects of the positions (sum 0) when value i stood at positions[i].
  void effects(std::span<const std::uint32_t> positions, std::vector<double>& out) {
    std::ranges::fill(at_, 0.0);
    for (std::size_t i = 0; i < values_.size(); ++i) at_[positions[i]] += values_[i].value;
    out.assign(positions_, 0);
    for (std::size_t k = 0; k < positions_; ++k) {
      for (std::size_t l = 0; l < positions_; ++l) {
        out[k] += inverse_[k * positions_ + l] * (at_[l] - expected_[l]);
      }
    }
  }
  /// Sum of squares that the effects explain.
  double explained(std::span<const double> effects) const {
    double sum = 0;
    for (std::size_t k = 0; k < positions_; ++k) {
      for (std::size_t l = 0; l < positions_; ++l) {
        sum += effects[k] * information_[k * positions_ + l] * effects[l];
      }
    }
    return sum;
  }
  double inconsistency() const {
    return images_in_pairs_ == 0 ? 0 : disagreement_ / static_cast<double>(images_in_pairs_);
  }

 private:
  void add_image(std::size_t begin, std::size_t end) {
    images_.push_back(begin);
    const double n = static_cast<double>(end - begin);
    std::vector<double> counts(positions_);
    double mean = 0, apart = 0;
    for (std::size_t i = begin; i < end; ++i) {
      ++counts[values_[i].position];
      mean += values_[i].value / n;
      for (std::size_t j = begin; j < i; ++j)
        apart += std::abs(values_[i].value - values_[j].value);
    }
    for (std::size_t k = 0; k < positions_; ++k) {
      balanced_ = balanced_ && counts[k] == counts[0];
      expected_[k] += counts[k] * mean;
      information_[k * positions_ + k] += counts[k];
      for (std::size_t l = 0; l < positions_; ++l) {
        information_[k * positions_ + l] -= counts[k] * counts[l] / n;
      }
    }
    if (end - begin < 2) return;
    ++images_in_pairs_;
    disagreement_ += apart / (n * (n - 1) / 2);
  }

  std::size_t positions_;
  std::vector<PositionValue> values_;
  std::vector<std::size_t> images_;
  std::vector<double> information_, inverse_, expected_, at_;
  bool balanced_ = true;
  double disagreement_ = 0;
  std::uint64_t images_in_pairs_ = 0;
};

/// Means with intervals: residuals of a position summed up by group.
std::vector<PositionMean> means_of(const Design& design, std::span<const double> effects,
                                   double mean, double alpha) {
  std::vector<PositionMean> means(effects.size());
  for (std::size_t k = 0; k < means.size(); ++k) means[k].mean = mean + effects[k];
  std::vector<double> sums(effects.size()), squares(effects.size());
  for (const PositionValue& v : design.values()) {
    ++means[v.position].values;
    sums[v.position] += v.value;
  }
  if (design.balanced()) {  // the same but for rounding
    for (std::size_t k = 0; k < means.size(); ++k) {
      means[k].mean = sums[k] / static_cast<double>(means[k].values);
    }
  }
  std::vector<PositionValue> by_group = design.values();
  std::ranges::stable_sort(by_group, {}, &PositionValue::group);
  std::ranges::fill(sums, 0.0);
  for (std::size_t i = 0; i < by_group.size(); ++i) {
    const PositionValue& v = by_group[i];
    sums[v.position] += v.value - means[v.position].mean;
    if (i + 1 < by_group.size() && by_group[i + 1].group == v.group) continue;
    for (std::size_t k = 0; k < sums.size(); ++k) {
      squares[k] += sums[k] * sums[k];
      sums[k] = 0;
    }
  }
  const double z = normal_quantile(1 - alpha / 2);
  for (std::size_t k = 0; k < means.size(); ++k) {
    const double margin = z * std::sqrt(squares[k]) / static_cast<double>(means[k].values);
    means[k].low = means[k].mean - margin;
    means[k].high = means[k].mean + margin;
  }
  return means;
}

/// Counts draws whose statistic is as large as the observed one, give or take rounding.
class Tail {
 public:
  explicit Tail(double observed) : observed_(std::abs(observed) * (1 - 1e-9)) {}
  void add(double drawn) { larger_ += std::abs(drawn) >= observed_; }
  double p(std::size_t draws) const {
    return static_cast<double>(larger_ + 1) / static_cast<double>(draws + 1);
  }

 private:
  double observed_;
  std::size_t larger_ = 0;
};

}  // namespace

PositionEffects position_effects(std::span<const PositionValue> values, std::size_t positions,
                                 const PositionOptions& options) {
  PositionEffects out;
  Design design(values, positions);
  out.balanced = design.balanced();
  if (!design.connected()) {
    out.undefined =
        "positions cannot be told from images: no image, or not enough of them, stood at several "
        "positions";
    return out;
  }
  std::vector<std::uint32_t> places;
  for (const PositionValue& v : design.values()) places.push_back(v.position);
  std::vector<double> effects;
  design.effects(places, effects);
  for (const PositionValue& v : design.values()) out.mean += v.value;
  out.mean /= static_cast<double>(places.size());
  out.means = means_of(design, effects, out.mean, options.alpha);
  const auto [low, high] = std::ranges::minmax(effects);
  out.spread = high - low;
  out.inconsistency = design.inconsistency();

  const Contrasts contrasts(positions);
  out.any.value = design.explained(effects);
  out.slope.value = contrasts.slope(effects);
  out.curvature.value = contrasts.curvature(effects);
  out.recency.value = contrasts.recency(effects);
  Tail any(out.any.value), slope(out.slope.value), curvature(out.curvature.value),
      recency(out.recency.value);
  std::vector<std::uint32_t> shuffled;
  for (std::size_t draw = 0; draw < options.draws; ++draw) {
    PhiloxStream random(options.seed, draw);
    shuffled = places;
    for (std::size_t image = 0; image < design.images().size(); ++image) {
      const std::size_t begin = design.images()[image];
      const std::size_t end =
          image + 1 < design.images().size() ? design.images()[image + 1] : shuffled.size();
      for (std::size_t i = end - begin; i > 1; --i) {
        std::swap(shuffled[begin + i - 1],
                  shuffled[begin + random.below(static_cast<std::uint32_t>(i))]);
      }
    }
    design.effects(shuffled, effects);
    any.add(design.explained(effects));
    slope.add(contrasts.slope(effects));
    curvature.add(contrasts.curvature(effects));
    recency.add(contrasts.recency(effects));
  }
  out.any.p = any.p(options.draws);
  out.slope.p = slope.p(options.draws);
  out.curvature.p =
      positions < 3 ? std::numeric_limits<double>::quiet_NaN() : curvature.p(options.draws);
  out.recency.p = recency.p(options.draws);
  return out;
}

double diagonal_p(std::span<const double> counts, std::size_t groups,
                  const PositionOptions& options) {
  if (groups < 2) return 1;
  double observed = 0;
  for (std::size_t g = 0; g < groups; ++g) observed += counts[g * groups + g];
  std::size_t larger = 0;
  for (std::size_t draw = 0; draw < options.draws; ++draw) {
    PhiloxStream random(options.seed, draw);
    double sum = 0;
    for (std::size_t g = 0; g < groups; ++g) {
      const std::size_t other = random.below(static_cast<std::uint32_t>(groups - 1));
      sum += counts[g * groups + (other < g ? other : other + 1)];
    }
    larger += sum >= observed;
  }
  return static_cast<double>(larger + 1) / static_cast<double>(options.draws + 1);
}

}  // namespace vernier
