// Numbers in 16 bits beside those in 32: what products read.
#pragma once

#include <cstddef>

#include "judges/engine/container/values/dtype.h"

namespace vernier::engine::cuda {

/// [R, stride] in F16 or BF16, zeros behind each row's numbers; a kernel that makes rows may write
/// it at once. None where `data` is null.
struct Copy16 {
  void* data = nullptr;
  DType type = DType::kF16;
  std::size_t stride = 0;  ///< a multiple of 8
};

}  // namespace vernier::engine::cuda
