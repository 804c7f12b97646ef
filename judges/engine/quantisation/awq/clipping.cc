#include "judges/engine/quantisation/awq/clipping.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vernier::engine {
namespace {

constexpr int kSteps = 10;
constexpr float kStep = 1.0F / 20;

/// Products of the columns of x from `first` on with each other, [group, group].
std::vector<float> products(Backend& backend, Rows x, std::size_t first, std::size_t group) {
  std::vector<float> turned(group * x.count), out(group * group);
  for (std::size_t r = 0; r < x.count; ++r) {
    const float* const row = x.from(r, 1).data + first;
    for (std::size_t k = 0; k < group; ++k) turned[k * x.count + r] = row[k];
  }
  backend.linear({turned.data(), group, x.count}, {turned.data(), DType::kF32, group, x.count}, {},
                 {out.data(), group, group});
  return out;
}

float largest(std::span<const float> weights) {
  float out = 0;
  for (const float w : weights) out = std::max(out, std::abs(w));
  return out;
}

}  // namespace

double clip_weights(Backend& backend, Rows x, const Rounding& rounding, unsigned threads,
                    Linear& linear) {
  const std::size_t group = rounding.group, rows = linear.rows;
  std::vector<float> weights(rows * group), cut(rows * group), off(rows * group),
      turned(rows * group);
  std::vector<float> bound(rows), best_bound(rows);
  std::vector<double> best(rows);
  std::size_t clipped = 0;
  for (std::size_t first = 0; first < linear.columns; first += group) {
    const std::vector<float> gram = products(backend, x, first, group);
    for (std::size_t n = 0; n < rows; ++n) {
      std::copy_n(&linear.weights[n * linear.columns + first], group, &weights[n * group]);
      bound[n] = best_bound[n] = largest(std::span(weights).subspan(n * group, group));
    }
    best.assign(rows, std::numeric_limits<double>::infinity());
    for (int i = 0; i < kSteps; ++i) {
      for (std::size_t n = 0; n < rows; ++n) {
        const float most = bound[n] * (1 - static_cast<float>(i) * kStep);
        for (std::size_t k = n * group; k < (n + 1) * group; ++k) {
          cut[k] = std::clamp(weights[k], -most, most);
        }
      }
      round_weights(cut, rows, group, rounding, threads, cut);
      for (std::size_t k = 0; k < off.size(); ++k) off[k] = cut[k] - weights[k];
      // |x off|^2 = off' (x' x) off
      backend.linear({off.data(), rows, group}, {gram.data(), DType::kF32, group, group}, {},
                     {turned.data(), rows, group});
      for (std::size_t n = 0; n < rows; ++n) {
        double error = 0;
        for (std::size_t k = n * group; k < (n + 1) * group; ++k) {
          error += static_cast<double>(off[k]) * static_cast<double>(turned[k]);
        }
        if (error < best[n]) {
          best[n] = error;
          best_bound[n] = bound[n] * (1 - static_cast<float>(i) * kStep);
        }
      }
    }
    for (std::size_t n = 0; n < rows; ++n) {
      if (best_bound[n] < bound[n]) ++clipped;
      float* const row = &linear.weights[n * linear.columns + first];
      for (std::size_t k = 0; k < group; ++k) {
        row[k] = std::clamp(row[k], -best_bound[n], best_bound[n]);
      }
    }
  }
  const std::size_t groups = rows * (linear.columns / group);
  return static_cast<double>(clipped) / static_cast<double>(groups);
}

}  // namespace vernier::engine
