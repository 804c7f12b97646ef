// From a type's name to the type.
#pragma once

#include "base/error.h"
#include "judges/engine/container/values/dtype.h"
#include "judges/engine/cuda/device/numbers.cuh"

namespace vernier::engine::cuda {

/// call(Half{}) or call(Bfloat16{}).
template <typename Call>
void with_type16(DType type, Call call) {
  if (type == DType::kBf16) return call(Bfloat16{});
  if (type == DType::kF16) return call(Half{});
  throw Error(ExitCode::kInternal, "CUDA: numbers of 16 bits are wanted");
}

/// call(float{}), call(Half{}) or call(Bfloat16{}).
template <typename Call>
void with_type(DType type, Call call) {
  if (type == DType::kF32) return call(float{});
  with_type16(type, call);
}

}  // namespace vernier::engine::cuda
