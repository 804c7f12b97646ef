#include "judges/engine/parts/language/rope.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vernier::engine {

std::vector<float> default_frequencies(std::size_t size, double theta) {
  std::vector<float> out(size / 2);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const float exponent = static_cast<float>(2 * i) / static_cast<float>(size);
    out[i] = 1.0F / std::pow(static_cast<float>(theta), exponent);
  }
  return out;
}

void scale_as_llama3(const Llama3Scaling& s, std::span<float> frequencies) {
  for (float& f : frequencies) {
    const double turn = 2 * std::numbers::pi / static_cast<double>(f);  // positions of a whole turn
    if (turn < s.original_length / s.high) continue;
    const double slow = static_cast<double>(f) / s.factor;
    if (turn > s.original_length / s.low) {
      f = static_cast<float>(slow);
      continue;
    }
    const double kept = (s.original_length / turn - s.low) / (s.high - s.low);
    f = static_cast<float>((1 - kept) * slow + kept * static_cast<double>(f));
  }
}

void Rope::fill(std::span<const std::uint32_t> positions, std::span<float> cos,
                std::span<float> sin) {
  const std::size_t half = this->half();
  for (const std::uint32_t position : positions) {
    for (std::size_t next = cos_.size() / half; next <= position; ++next) {
      for (const float f : frequencies_) {
        const float angle = static_cast<float>(next) * f;
        cos_.push_back(std::cos(angle));
        sin_.push_back(std::sin(angle));
      }
    }
  }
  for (std::size_t i = 0; i < positions.size(); ++i) {
    std::copy_n(cos_.data() + positions[i] * half, half, cos.data() + i * half);
    std::copy_n(sin_.data() + positions[i] * half, half, sin.data() + i * half);
  }
}

}  // namespace vernier::engine
