// Numbers for all spans of a sentence, those of one width side by side.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace vernier::spice {

/// Four numbers at once, in the compiler's own terms: every x86-64 has such vectors, and so have
/// most others. (Eight at once would gain little: a caption has few spans of one width.)
using Four [[gnu::vector_size(16), gnu::aligned(4), gnu::may_alias]] = float;

constexpr std::size_t kLanes = 4;
constexpr float kNever = -std::numeric_limits<float>::infinity();

inline Four load4(const float* p) { return *reinterpret_cast<const Four*>(p); }
inline void store4(float* p, Four v) { *reinterpret_cast<Four*>(p) = v; }
inline Four better4(Four a, Four b) { return a > b ? a : b; }
inline Four all4(float value) { return Four{} + value; }
inline float best_of(Four v) { return std::max(std::max(v[0], v[1]), std::max(v[2], v[3])); }

/// So many, filled up to whole vectors.
constexpr std::size_t in_lanes(std::size_t count) {
  return (count + kLanes - 1) / kLanes * kLanes;
}

/// A table of rows; each has a run of numbers for each width of spans, one for each place where
/// such a span can begin. Runs are filled up to whole vectors with minus infinity. A run of minus
/// infinities need not be there: any() tells. Reading and writing back at most a sentence's length
/// beyond the end of a run is allowed.
class Diagonals {
 public:
  /// Empties the table.
  void reset(std::size_t rows, std::size_t words) {
    words_ = words;
    offsets_.assign(words + 1, 0);
    row_ = 0;
    for (std::size_t width = 1; width <= words; ++width) {
      offsets_[width] = row_;
      row_ += in_lanes(words - width + 1);
    }
    const std::size_t size = rows * row_ + 2 * in_lanes(words) + kLanes;
    if (values_.size() < size) values_.resize(size);
    any_.assign(rows * words, 0);
  }

  std::size_t count(std::size_t width) const { return in_lanes(words_ - width + 1); }
  float* at(std::size_t row, std::size_t width) {
    return values_.data() + row * row_ + offsets_[width];
  }
  const float* at(std::size_t row, std::size_t width) const {
    return values_.data() + row * row_ + offsets_[width];
  }
  /// Whether the run is there.
  bool any(std::size_t row, std::size_t width) const { return any_[row * words_ + width - 1] != 0; }
  void set_any(std::size_t row, std::size_t width, bool any) {
    any_[row * words_ + width - 1] = any ? 1 : 0;
  }

  /// The run, made of minus infinities where it was not there.
  float* open(std::size_t row, std::size_t width) {
    float* const run = at(row, width);
    if (!any(row, width)) {
      std::fill_n(run, count(width), kNever);
      set_any(row, width, true);
    }
    return run;
  }

  /// Fills a run that has been written up with minus infinity, and says whether it is there.
  void close(std::size_t row, std::size_t width) {
    float* const run = at(row, width);
    const std::size_t size = count(width);
    for (std::size_t i = words_ - width + 1; i < size; ++i) run[i] = kNever;
    Four best = all4(kNever);
    for (std::size_t i = 0; i < size; i += kLanes) best = better4(best, load4(run + i));
    set_any(row, width, best_of(best) > kNever);
  }

 private:
  std::size_t words_ = 0, row_ = 0;
  std::vector<std::size_t> offsets_;  // by width
  std::vector<float> values_;
  std::vector<std::uint8_t> any_;
};

}  // namespace vernier::spice
