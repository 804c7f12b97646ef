// A stored tensor that lies in memory of somebody else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "judges/engine/container/values/dtype.h"

namespace vernier::engine {

/// Extents, outermost first (row-major, the last index runs fastest); none: a scalar.
using Shape = std::vector<std::uint64_t>;

struct TensorView {
  DType dtype = DType::kF32;
  Shape shape;
  /// elements() * size_of(dtype) bytes, little-endian. They may lie at any address: files written
  /// by old tools do not align them, so values are to be copied out (std::memcpy, to_float).
  std::span<const std::byte> bytes;

  std::uint64_t elements() const { return bytes.size() / size_of(dtype); }
};

/// For messages: "[2, 3]".
std::string text_of(const Shape& shape);

}  // namespace vernier::engine
