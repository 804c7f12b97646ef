// What the operations of a backend work on. None of these own their memory.
#pragma once

#include <cstddef>
#include <span>

#include "judges/engine/backend/pages.h"
#include "judges/engine/container/values/dtype.h"

namespace vernier::engine {

/// Weights where the backend wants them: an output a row.
struct Matrix {
  const void* data = nullptr;
  DType type = DType::kF32;  ///< F32, F16 or BF16
  std::size_t rows = 0;
  std::size_t columns = 0;
  /// `data` is what the backend made of a QuantisedMatrix, whatever `type` says; for linear() only.
  bool quantised = false;
};

/// 32-bit numbers, `count` rows of `width`, one after the other.
struct Rows {
  float* data = nullptr;
  std::size_t count = 0;
  std::size_t width = 0;

  std::size_t size() const { return count * width; }
  Rows from(std::size_t first, std::size_t rows) const {
    return {data + first * width, rows, width};
  }
};

/// Biases, weights of norms: always 32 bits.
struct Vector {
  const float* data = nullptr;
  std::size_t size = 0;
};

/// Consecutive rows of a batch that belong to one sequence: its tokens `position` to `position` +
/// `rows` - 1. They see all tokens of the sequence up to themselves.
struct Stretch {
  std::size_t first_row = 0;
  std::size_t rows = 0;
  std::size_t position = 0;
  std::span<float* const> pages;  ///< of the sequence; at least as many as its tokens need
};

}  // namespace vernier::engine
