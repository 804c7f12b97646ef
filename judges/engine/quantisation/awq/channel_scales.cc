#include "judges/engine/quantisation/awq/channel_scales.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"

namespace vernier::engine {
namespace {

constexpr int kSteps = 20;

std::vector<float> trial(std::span<const float> activity, std::span<const float> sizes,
                         double ratio, bool by_weights) {
  std::vector<float> out(activity.size());
  for (std::size_t k = 0; k < out.size(); ++k) {
    double scale = std::pow(static_cast<double>(activity[k]), ratio);
    if (by_weights) scale /= std::pow(static_cast<double>(sizes[k]), 1 - ratio) + 1e-4;
    out[k] = std::max(static_cast<float>(scale), 1e-4F);
  }
  const auto [least, most] = std::ranges::minmax_element(out);
  const float middle = std::sqrt(*least * *most);
  for (float& scale : out) scale /= middle;
  return out;
}

}  // namespace

ChannelScales search_scales(std::span<const float> activity, std::span<const float> sizes,
                            const std::function<double(std::span<const float>)>& error) {
  ChannelScales best;
  best.scales.assign(activity.size(), 1.0F);
  best.rounded = best.error = error(best.scales);
  for (const bool by_weights : {false, true}) {
    for (int step = by_weights ? 0 : 1; step < kSteps; ++step) {
      const double ratio = static_cast<double>(step) / kSteps;
      std::vector<float> scales = trial(activity, sizes, ratio, by_weights);
      const double now = error(scales);
      if (now < best.error) best = {std::move(scales), ratio, by_weights, best.rounded, now};
    }
  }
  return best;
}

std::vector<float> activity_of(Rows x, unsigned threads) {
  std::vector<float> out(x.width);
  // A thread takes columns: sums are in the order of the rows.
  parallel_blocks(threads, x.width, 64, [&] {
    return [&](std::size_t begin, std::size_t end) {
      std::vector<double> sums(end - begin);
      for (std::size_t r = 0; r < x.count; ++r) {
        const float* const row = x.from(r, 1).data;
        for (std::size_t k = begin; k < end; ++k) sums[k - begin] += std::abs(row[k]);
      }
      for (std::size_t k = begin; k < end; ++k) {
        out[k] = static_cast<float>(sums[k - begin] / static_cast<double>(x.count));
      }
    };
  });
  return out;
}

std::vector<float> sizes_of(std::span<const Linear* const> linears, std::size_t group) {
  const std::size_t columns = linears[0]->columns;
  std::vector<double> sums(columns);
  double rows = 0;
  for (const Linear* linear : linears) {
    rows += static_cast<double>(linear->rows);
    for (std::size_t begin = 0; begin < linear->weights.size(); begin += group) {
      const std::span<const float> some = std::span(linear->weights).subspan(begin, group);
      float largest = 1e-6F;
      for (const float w : some) largest = std::max(largest, std::abs(w));
      double* const to = &sums[begin % columns];
      for (std::size_t k = 0; k < group; ++k) to[k] += std::abs(some[k]) / largest;
    }
  }
  std::vector<float> out(columns);
  std::ranges::transform(sums, out.begin(), [&](double s) { return static_cast<float>(s / rows); });
  return out;
}

double mean_squared_error(Rows a, Rows b, unsigned threads) {
  std::vector<double> of_row(a.count);
  parallel_blocks(threads, a.count, 64, [&] {
    return [&](std::size_t begin, std::size_t end) {
      for (std::size_t r = begin; r < end; ++r) {
        const float *const x = a.from(r, 1).data, *const y = b.from(r, 1).data;
        float sum = 0;
        for (std::size_t k = 0; k < a.width; ++k) sum += (x[k] - y[k]) * (x[k] - y[k]);
        of_row[r] = sum;
      }
    };
  });
  return std::accumulate(of_row.begin(), of_row.end(), 0.0) / static_cast<double>(a.size());
}

}  // namespace vernier::engine
