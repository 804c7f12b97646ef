#include "results/statistics/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace vernier {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

std::uint64_t pairs_of(std::uint64_t n) { return n * (n - 1) / 2; }

// Calls visit(run length) for every run of equal neighbours.
template <class Equal, class Visit>
void for_each_run(std::size_t n, Equal equal, Visit visit) {
  for (std::size_t begin = 0; begin < n;) {
    std::size_t end = begin + 1;
    while (end < n && equal(begin, end)) ++end;
    visit(end - begin);
    begin = end;
  }
}

// Sorts and counts the pairs that were in the wrong order.
std::uint64_t sort_counting_swaps(std::vector<double>& values) {
  std::uint64_t swaps = 0;
  std::vector<double> merged(values.size());
  for (std::size_t width = 1; width < values.size(); width *= 2) {
    for (std::size_t begin = 0; begin < values.size(); begin += 2 * width) {
      const std::size_t middle = std::min(begin + width, values.size());
      const std::size_t end = std::min(begin + 2 * width, values.size());
      std::size_t a = begin, b = middle;
      for (std::size_t out = begin; out < end; ++out) {
        if (b == end || (a < middle && values[a] <= values[b])) {
          merged[out] = values[a++];
        } else {
          swaps += middle - a;
          merged[out] = values[b++];
        }
      }
    }
    values.swap(merged);
  }
  return swaps;
}

}  // namespace

KendallCounts kendall(std::span<const double> x, std::span<const double> y) {
  const std::size_t n = x.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return x[a] != x[b] ? x[a] < x[b] : y[a] < y[b]; });
  KendallCounts counts;
  counts.pairs = n < 2 ? 0 : pairs_of(n);
  for_each_run(
      n, [&](std::size_t a, std::size_t b) { return x[order[a]] == x[order[b]]; },
      [&](std::size_t run) {
        counts.ties_x += pairs_of(run);
        ++counts.distinct_x;
      });
  for_each_run(
      n,
      [&](std::size_t a, std::size_t b) {
        return x[order[a]] == x[order[b]] && y[order[a]] == y[order[b]];
      },
      [&](std::size_t run) { counts.ties_both += pairs_of(run); });
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = y[order[i]];
  counts.discordant = sort_counting_swaps(values);
  for_each_run(
      n, [&](std::size_t a, std::size_t b) { return values[a] == values[b]; },
      [&](std::size_t run) {
        counts.ties_y += pairs_of(run);
        ++counts.distinct_y;
      });
  counts.concordant =
      counts.pairs - counts.discordant - counts.ties_x - counts.ties_y + counts.ties_both;
  return counts;
}

double KendallCounts::tau_b() const {
  const double untied = std::sqrt(static_cast<double>(pairs - ties_x)) *
                        std::sqrt(static_cast<double>(pairs - ties_y));
  if (untied == 0) return kUndefined;
  return (static_cast<double>(concordant) - static_cast<double>(discordant)) / untied;
}

double KendallCounts::tau_c(std::size_t n) const {
  const double m = static_cast<double>(std::min(distinct_x, distinct_y));
  if (m < 2) return kUndefined;
  const double size = static_cast<double>(n);
  return 2 * (static_cast<double>(concordant) - static_cast<double>(discordant)) /
         (size * size * (m - 1) / m);
}

std::vector<double> mid_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> ranks(values.size());
  std::size_t begin = 0;
  for_each_run(
      values.size(),
      [&](std::size_t a, std::size_t b) { return values[order[a]] == values[order[b]]; },
      [&](std::size_t run) {
        const double rank = static_cast<double>(begin) + (static_cast<double>(run) + 1) / 2;
        for (std::size_t i = begin; i < begin + run; ++i) ranks[order[i]] = rank;
        begin += run;
      });
  return ranks;
}

double spearman(std::span<const double> x, std::span<const double> y) {
  return pearson(mid_ranks(x), mid_ranks(y));
}

double pearson(std::span<const double> x, std::span<const double> y) {
  // Not by the variance: the mean of equal numbers may differ from them in the last bit.
  const auto constant = [](std::span<const double> values) {
    return std::ranges::all_of(values, [&](double value) { return value == values[0]; });
  };
  if (constant(x) || constant(y)) return kUndefined;
  const double n = static_cast<double>(x.size());
  const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
  const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double dx = x[i] - mean_x, dy = y[i] - mean_y;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (!(xx > 0) || !(yy > 0)) return kUndefined;
  return xy / (std::sqrt(xx) * std::sqrt(yy));
}

}  // namespace vernier
