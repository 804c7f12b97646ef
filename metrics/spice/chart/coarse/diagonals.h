// Numbers for all spans of a sentence, those of one width side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace vernier::spice {

/// Four numbers at once. GCC and Clang make what the processor has of it; every x86-64 has vectors
/// of four. (Eight at a time gain little: the captions' rows are short.)
using Four [[gnu::vector_size(16), gnu::aligned(4), gnu::may_alias]] = float;

inline Four load4(const float* p) { return *reinterpret_cast<const Four*>(p); }
inline void store4(float* p, Four v) { *reinterpret_cast<Four*>(p) = v; }
inline Four better4(Four a, Four b) { return a > b ? a : b; }

constexpr std::size_t kLanes = 4;
constexpr std::size_t in_lanes(std::size_t count) {
  return (count + kLanes - 1) / kLanes * kLanes;
}

/// A table of rows; each has a run of numbers for each width of spans, one for each place where
/// such a span can begin. Runs are filled up to whole lanes with minus infinity. A run of minus
/// infinities need not be there: any() tells, and only runs that are there may be read, up to a
/// length of the sentence beyond their end.
class Diagonals {
 public:
  void reset(std::size_t rows, std::size_t words) {
    words_ = words;
    offsets_.assign(words + 1, 0);
    std::size_t size = 0;
    for (std::size_t width = 1; width <= words; ++width) {
      offsets_[width] = size;
      size += in_lanes(words - width + 1);
    }
    row_ = size;
    if (values_.size() < rows * row_ + words + 2 * kLanes) {
      values_.resize(rows * row_ + words + 2 * kLanes);
    }
    any_.assign(rows * words, 0);
  }

  float* at(std::size_t row, std::size_t width) {
    return values_.data() + row * row_ + offsets_[width];
  }
  const float* at(std::size_t row, std::size_t width) const {
    return values_.data() + row * row_ + offsets_[width];
  }
  /// Whether the run has any number above minus infinity.
  bool any(std::size_t row, std::size_t width) const { return any_[row * words_ + width - 1] != 0; }

  /// Takes a run over, where it has any number, and fills it up.
  void put(std::size_t row, std::size_t width, const float* from) {
    constexpr float kNever = -std::numeric_limits<float>::infinity();
    const std::size_t count = words_ - width + 1;
    float* const to = at(row, width);
    float best = kNever;
    for (std::size_t i = 0; i < count; ++i) {
      to[i] = from[i];
      best = best > from[i] ? best : from[i];
    }
    for (std::size_t i = count; i < in_lanes(count); ++i) to[i] = kNever;
    any_[row * words_ + width - 1] = best > kNever;
  }

 private:
  std::size_t words_ = 0, row_ = 0;
  std::vector<std::size_t> offsets_;  // by width
  std::vector<float> values_;
  std::vector<std::uint8_t> any_;
};

}  // namespace vernier::spice
