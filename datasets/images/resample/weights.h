// The weights of one axis of a resize, as Pillow computes them (its Resample.c).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "datasets/images/resample/filter.h"

namespace vernier::images {

/// Weights have 22 fractional bits: 8 bits of a sample and 2 bits for overshoot are left in 32.
constexpr int kWeightBits = 22;

/// The input samples of one output sample are first, ..., first + weights.size() - 1.
struct Taps {
  std::uint32_t first = 0;
  std::span<const std::int32_t> weights;
};

class AxisWeights {
 public:
  /// Of output samples begin, ..., begin + count - 1 when `inputs` samples become `outputs`. Not
  /// for Filter::kNearest. All numbers above 0, begin + count <= outputs.
  AxisWeights(Filter filter, std::uint32_t inputs, std::uint32_t outputs, std::uint32_t begin,
              std::uint32_t count);

  std::uint32_t count() const { return static_cast<std::uint32_t>(firsts_.size()); }
  /// Of output sample begin + i.
  Taps taps(std::uint32_t i) const {
    return {firsts_[i], std::span(values_).subspan(begins_[i], begins_[i + 1] - begins_[i])};
  }
  /// Input samples that have a weight: from the first one to behind the last one.
  std::uint32_t first_input() const { return firsts_.front(); }
  std::uint32_t end_input() const {
    return firsts_.back() + static_cast<std::uint32_t>(values_.size() - begins_[count() - 1]);
  }

 private:
  std::vector<std::uint32_t> firsts_;
  std::vector<std::size_t> begins_;  // in `values_`, one more than outputs
  std::vector<std::int32_t> values_;
};

/// The input sample of each output sample begin, ..., begin + count - 1 with Filter::kNearest.
std::vector<std::uint32_t> nearest_inputs(std::uint32_t inputs, std::uint32_t outputs,
                                          std::uint32_t begin, std::uint32_t count);

}  // namespace vernier::images
