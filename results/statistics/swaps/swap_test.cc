#include "results/statistics/swaps/swap_test.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/parallel.h"
#include "results/statistics/intervals/interval.h"
#include "results/statistics/resampling/draw.h"
#include "results/statistics/resampling/philox.h"

namespace vernier {
namespace {

constexpr std::size_t kGroups = 100;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Statistics that differ by rounding alone do not differ.
constexpr double kConstant = 1e-12, kTie = 1e-9;

/// Rows of statistics, one an arrangement.
class Rows {
 public:
  Rows(std::size_t rows, std::size_t width) : width_(width), values_(rows * width) {}
  std::span<double> row(std::size_t r) { return {values_.data() + r * width_, width_}; }
  double at(std::size_t r, std::size_t k) const { return values_[r * width_ + k]; }
  double& at(std::size_t r, std::size_t k) { return values_[r * width_ + k]; }
  std::size_t size() const { return values_.size() / width_; }

 private:
  std::size_t width_;
  std::vector<double> values_;
};

/// Fills every row by arrange(row, signs).
template <class Arrange>
void fill(Rows& rows, std::size_t pairs, unsigned threads,
          const std::function<PairStatistics()>& make, const Arrange& arrange) {
  parallel_blocks(threads, rows.size(), 4, [&] {
    return [&rows, &arrange, measure = make(), signs = std::vector<std::int8_t>(pairs),
            coins = std::vector<std::uint16_t>(pairs)](std::size_t begin, std::size_t end) mutable {
      for (std::size_t r = begin; r < end; ++r) {
        arrange(r, signs, coins);
        measure(signs, rows.row(r));
      }
    };
  });
}

/// By pair: its group, groups being of equal size as far as possible and made at random, as
/// neighbours in a file may be alike.
std::vector<std::size_t> random_groups(std::size_t pairs, std::size_t groups, std::uint64_t seed) {
  std::vector<std::size_t> group_of(pairs);
  for (std::size_t i = 0; i < pairs; ++i) group_of[i] = i % groups;
  // A stream that no draw of weights has.
  PhiloxStream stream(seed, std::uint64_t{3} << 62);
  for (std::size_t i = pairs; i > 1; --i) {
    std::swap(group_of[i - 1], group_of[stream.below(static_cast<std::uint32_t>(i))]);
  }
  return group_of;
}

/// Puts values in units of their standard deviation, away from their mean in the direction that
/// counts. Returns the mean.
double standardise(Rows& rows, std::size_t k, Tail tail) {
  double sum = 0, squares = 0, count = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (std::isnan(rows.at(r, k))) continue;
    sum += rows.at(r, k);
    ++count;
  }
  const double mean = sum / count;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (std::isnan(rows.at(r, k))) continue;
    squares += (rows.at(r, k) - mean) * (rows.at(r, k) - mean);
  }
  const double deviation = std::sqrt(squares / count);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    double& value = rows.at(r, k);
    if (std::isnan(value)) {
      value = std::numeric_limits<double>::infinity();
    } else if (deviation < kConstant) {
      value = 0;
    } else {
      value = (value - mean) / deviation;
      if (tail == Tail::kBoth) value = std::abs(value);
    }
  }
  return mean;
}

/// Row 0 holds the pairs as they are.
void find_p(const Rows& scores, std::vector<SwapTest>& tests) {
  std::vector<std::size_t> order;  // largest first
  for (std::size_t k = 0; k < tests.size(); ++k) {
    if (!std::isnan(tests[k].value)) order.push_back(k);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores.at(0, a) > scores.at(0, b); });
  std::vector<std::size_t> alone(tests.size()), together(tests.size());
  for (std::size_t r = 0; r < scores.size(); ++r) {
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t i = order.size(); i-- > 0;) {
      const std::size_t k = order[i];
      const double bar = scores.at(0, k) - kTie;
      most = std::max(most, scores.at(r, k));
      alone[k] += scores.at(r, k) >= bar;
      together[k] += most >= bar;
    }
  }
  const auto all = static_cast<double>(scores.size());
  double before = 0;
  for (const std::size_t k : order) {
    tests[k].p = static_cast<double>(alone[k]) / all;
    tests[k].corrected = before = std::max(before, static_cast<double>(together[k]) / all);
  }
}

}  // namespace

std::vector<SwapTest> swap_test(std::size_t pairs, std::span<const Tail> tails,
                                const std::function<PairStatistics()>& make,
                                const SwapOptions& options) {
  const std::size_t width = tails.size();
  std::vector<SwapTest> tests(width);
  if (width == 0) return tests;
  Rows rows(options.draws + 1, width);
  fill(rows, pairs, options.threads, make,
       [&](std::size_t r, std::vector<std::int8_t>& signs, std::vector<std::uint16_t>& coins) {
         if (r > 0) draw_weights(Weighting::kCoin, options.seed, r - 1, coins);
         for (std::size_t i = 0; i < pairs; ++i) signs[i] = r > 0 && coins[i] != 0 ? -1 : 1;
       });
  const std::size_t groups = std::min(kGroups, pairs);
  const std::vector<std::size_t> group_of = random_groups(pairs, groups, options.seed);
  Rows left_out(groups, width);
  fill(left_out, pairs, options.threads, make,
       [&](std::size_t r, std::vector<std::int8_t>& signs, std::vector<std::uint16_t>&) {
         for (std::size_t i = 0; i < pairs; ++i) signs[i] = group_of[i] == r ? 0 : 1;
       });
  for (std::size_t k = 0; k < width; ++k) {
    std::vector<double> column(groups);
    for (std::size_t g = 0; g < groups; ++g) column[g] = left_out.at(g, k);
    tests[k].value = rows.at(0, k);
    tests[k].error = jackknife_error(column);
    tests[k].expected = standardise(rows, k, tails[k]);
    if (std::isnan(tests[k].value)) tests[k].p = tests[k].corrected = kNaN;
  }
  find_p(rows, tests);
  return tests;
}

}  // namespace vernier
