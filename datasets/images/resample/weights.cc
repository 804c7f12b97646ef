#include "datasets/images/resample/weights.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vernier::images {
namespace {

double bilinear(double t) { return std::max(0.0, 1.0 - std::abs(t)); }

/// Cubic convolution with a = -1/2 (Keys 1981).
double bicubic(double t) {
  constexpr double a = -0.5;
  t = std::abs(t);
  if (t < 1) return ((a + 2) * t - (a + 3)) * t * t + 1;
  if (t < 2) return (((t - 5) * t + 8) * t - 4) * a;
  return 0;
}

double sinc(double t) {
  if (t == 0) return 1;
  t *= std::numbers::pi;
  return std::sin(t) / t;
}

double lanczos(double t) { return -3 <= t && t < 3 ? sinc(t) * sinc(t / 3) : 0; }

struct Kernel {
  double (*weight)(double) = nullptr;
  double support = 0;
};

Kernel kernel(Filter filter) {
  switch (filter) {
    case Filter::kLanczos:
      return {lanczos, 3};
    case Filter::kBicubic:
      return {bicubic, 2};
    default:
      return {bilinear, 1};
  }
}

/// Half away from zero.
std::int32_t fixed_point(double weight) {
  const double scaled = weight * (1 << kWeightBits);
  return static_cast<std::int32_t>(weight < 0 ? scaled - 0.5 : scaled + 0.5);
}

}  // namespace

// Every operation and its order are those of Pillow: with others a weight in a million rounds to
// the other side, and a pixel with it.
AxisWeights::AxisWeights(Filter filter, std::uint32_t inputs, std::uint32_t outputs,
                         std::uint32_t begin, std::uint32_t count) {
  const Kernel curve = kernel(filter);
  const double scale = static_cast<double>(inputs) / outputs;
  const double stretch = std::max(scale, 1.0);
  const double support = curve.support * stretch;
  const double inverse = 1.0 / stretch;
  firsts_.reserve(count);
  begins_.reserve(count + std::size_t{1});
  begins_.push_back(0);
  values_.reserve(count * (static_cast<std::size_t>(std::ceil(support)) * 2 + 1));
  std::vector<double> weights;
  for (std::uint32_t i = begin; i < begin + count; ++i) {
    const double centre = (i + 0.5) * scale;
    const auto first = static_cast<std::uint32_t>(std::max(0.0, centre - support + 0.5));
    const auto end =
        static_cast<std::uint32_t>(std::min<double>(inputs, std::trunc(centre + support + 0.5)));
    double sum = 0;
    weights.clear();
    for (std::uint32_t x = first; x < end; ++x) {
      weights.push_back(curve.weight((x - centre + 0.5) * inverse));
      sum += weights.back();
    }
    for (const double weight : weights) {
      values_.push_back(fixed_point(sum == 0 ? weight : weight / sum));
    }
    firsts_.push_back(first);
    begins_.push_back(values_.size());
  }
}

std::vector<std::uint32_t> nearest_inputs(std::uint32_t inputs, std::uint32_t outputs,
                                          std::uint32_t begin, std::uint32_t count) {
  std::vector<std::uint32_t> chosen(count);
  const double scale = static_cast<double>(inputs) / outputs;
  // Pillow adds the step up instead of multiplying, and rounding errors with it.
  double at = scale * 0.5;
  for (std::uint32_t i = 0; i < begin + count; ++i, at += scale) {
    if (i >= begin) chosen[i - begin] = std::min(static_cast<std::uint32_t>(at), inputs - 1);
  }
  return chosen;
}

}  // namespace vernier::images
