// Rotary positions: by which angle each pair of numbers of a head turns at a position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vernier::engine {

/// Frequencies in the order of the pairs, 32 bits as transformers computes them.
std::vector<float> default_frequencies(std::size_t size, double theta);

/// Llama 3: slow turns are slowed further by `factor`, with a smooth step between.
struct Llama3Scaling {
  double factor = 1, low = 1, high = 4, original_length = 8192;
};
void scale_as_llama3(const Llama3Scaling& scaling, std::span<float> frequencies);

class Rope {
 public:
  /// size / 2 frequencies.
  explicit Rope(std::vector<float> frequencies) : frequencies_(std::move(frequencies)) {}

  std::size_t half() const { return frequencies_.size(); }
  /// Cosines and sines [positions, half] of the angles position * frequency.
  void fill(std::span<const std::uint32_t> positions, std::span<float> cos, std::span<float> sin);

 private:
  std::vector<float> frequencies_;
  std::vector<float> cos_, sin_;  ///< of the positions so far
};

}  // namespace vernier::engine
