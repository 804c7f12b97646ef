#include "results/statistics/agreement/ranked_pairs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace vernier {
namespace {

// Weights by place with sums of all before a place: a running sum for the few values of a rating
// scale, else a Fenwick tree.
class Before {
 public:
  Before(std::vector<std::int64_t>& sums, std::size_t places) : sums_(sums), few_(places <= 16) {
    sums_.assign(places + 1, 0);
  }
  void add(std::size_t place, std::int64_t weight) {
    if (few_) {
      for (std::size_t i = place + 1; i < sums_.size(); ++i) sums_[i] += weight;
    } else {
      for (std::size_t i = place + 1; i < sums_.size(); i += i & (~i + 1)) sums_[i] += weight;
    }
  }
  std::int64_t operator()(std::size_t place) const {
    if (few_) return sums_[place];
    std::int64_t sum = 0;
    for (std::size_t i = place; i > 0; i &= i - 1) sum += sums_[i];
    return sum;
  }

 private:
  std::vector<std::int64_t>& sums_;
  const bool few_;
};

std::vector<double> distinct(std::span<const double> values) {
  std::vector<double> out(values.begin(), values.end());
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// From -1 to 1, which changes no correlation: sums of squares then neither lose to a large common
// part of the values nor overflow.
void rescale(std::vector<double>& values) {
  if (values.empty()) return;
  const double middle = values.front() / 2 + values.back() / 2;
  const double half = values.back() / 2 - values.front() / 2;
  for (double& value : values) value = half > 0 ? (value - middle) / half : value - middle;
}

struct Moments {
  double sum = 0, squares = 0;
  void add(double weight, double value) {
    sum += weight * value;
    squares += weight * value * value;
  }
  double deviation(double total) const { return std::sqrt(squares - sum * sum / total); }
};

double pairs_of(std::int64_t weight) {
  return static_cast<double>(weight) * static_cast<double>(weight - 1) / 2;
}

}  // namespace

RankedPairs::RankedPairs(std::span<const double> x, std::span<const double> y,
                         std::span<const std::uint32_t> clusters)
    : x_(distinct(x)), y_(distinct(y)) {
  using Ranked = std::array<std::uint32_t, 3>;  // x, y, cluster
  const auto rank = [](const std::vector<double>& values, double value) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(values, value) - values.begin());
  };
  std::vector<Ranked> ranked(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    ranked[i] = {rank(x_, x[i]), rank(y_, y[i]), clusters[i]};
    if (clusters[i] >= sizes_.size()) sizes_.resize(std::size_t{clusters[i]} + 1);
    ++sizes_[clusters[i]];
  }
  std::ranges::sort(ranked);
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    if (i > 0 && ranked[i] == ranked[i - 1]) {
      ++points_.back().count;
      continue;
    }
    if (i == 0 || ranked[i][0] != ranked[i - 1][0]) {
      x_begin_.push_back(static_cast<std::uint32_t>(points_.size()));
    }
    points_.push_back({ranked[i][1], ranked[i][2], 1});
  }
  x_begin_.push_back(static_cast<std::uint32_t>(points_.size()));
  rescale(x_);
  rescale(y_);
}

// Ranks are taken from their mean: a value with `before` weights below it and `own` equal to it, of
// `total`, has the mid-rank before + (own - total) / 2.
Correlations RankedPairs::measure(std::span<const std::uint16_t> weights, Scratch& scratch) const {
  std::int64_t total = 0;
  for (std::size_t c = 0; c < sizes_.size(); ++c) total += std::int64_t{sizes_[c]} * weights[c];
  scratch.weight_of_y.assign(y_.size(), 0);
  scratch.x_ranks_of_y.assign(y_.size(), 0);
  scratch.x_values_of_y.assign(y_.size(), 0);
  Before before(scratch.tree, y_.size());
  const auto weight_of = [&](const Point& p) { return std::int64_t{p.count} * weights[p.cluster]; };

  std::int64_t seen = 0, concordant_less_discordant = 0;
  std::uint64_t distinct_x = 0, distinct_y = 0;
  double ties_x = 0, ties_y = 0;
  Moments x, y, x_rank, y_rank;
  for (std::size_t g = 0; g < x_.size(); ++g) {
    const std::span<const Point> points =
        std::span(points_).subspan(x_begin_[g], x_begin_[g + 1] - x_begin_[g]);
    std::int64_t own = 0;
    for (const Point& p : points) own += weight_of(p);
    if (own == 0) continue;
    const double rank = static_cast<double>(2 * seen + own - total) / 2;
    for (const Point& p : points) {
      const std::int64_t weight = weight_of(p);
      if (weight == 0) continue;
      const std::int64_t below = before(p.y), equal = scratch.weight_of_y[p.y];
      concordant_less_discordant += weight * (below - (seen - below - equal));
      scratch.x_ranks_of_y[p.y] += static_cast<double>(weight) * rank;
      scratch.x_values_of_y[p.y] += static_cast<double>(weight) * x_[g];
    }
    for (const Point& p : points) {  // only now: pairs inside the group are tied in x
      const std::int64_t weight = weight_of(p);
      if (weight == 0) continue;
      before.add(p.y, weight);
      scratch.weight_of_y[p.y] += weight;
    }
    seen += own;
    ties_x += pairs_of(own);
    ++distinct_x;
    x.add(static_cast<double>(own), x_[g]);
    x_rank.add(static_cast<double>(own), rank);
  }

  double products = 0, rank_products = 0;
  std::int64_t passed = 0;
  for (std::size_t h = 0; h < y_.size(); ++h) {
    const std::int64_t own = scratch.weight_of_y[h];
    if (own == 0) continue;
    const double rank = static_cast<double>(2 * passed + own - total) / 2;
    passed += own;
    ties_y += pairs_of(own);
    ++distinct_y;
    y.add(static_cast<double>(own), y_[h]);
    y_rank.add(static_cast<double>(own), rank);
    products += scratch.x_values_of_y[h] * y_[h];
    rank_products += scratch.x_ranks_of_y[h] * rank;
  }

  constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
  const double m = static_cast<double>(std::min(distinct_x, distinct_y));
  if (m < 2) return {kUndefined, kUndefined, kUndefined, kUndefined};
  const double all = static_cast<double>(total), pairs = pairs_of(total);
  const double score = static_cast<double>(concordant_less_discordant);
  return {score / (std::sqrt(pairs - ties_x) * std::sqrt(pairs - ties_y)),
          2 * score / (all * all * (m - 1) / m),
          rank_products / (x_rank.deviation(all) * y_rank.deviation(all)),
          (products - x.sum * y.sum / all) / (x.deviation(all) * y.deviation(all))};
}

}  // namespace vernier
