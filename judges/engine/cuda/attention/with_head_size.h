// From the numbers of a head to a kernel for so many.
#pragma once

#include <type_traits>

#include "judges/engine/cuda/attention/attention.h"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/with_type.h"

namespace vernier::engine::cuda {

/// call(T{}, pieces), pieces() times 16 numbers being enough for a head. Throws Error(kResource)
/// for heads of more than 128.
template <typename Call>
void with_head_size(const PagePart& part, Call call) {
  with_type16(part.type, [&](auto number) {
    if (part.size <= 16) return call(number, std::integral_constant<unsigned, 1>{});
    if (part.size <= 32) return call(number, std::integral_constant<unsigned, 2>{});
    if (part.size <= 64) return call(number, std::integral_constant<unsigned, 4>{});
    if (part.size <= 80) return call(number, std::integral_constant<unsigned, 5>{});
    if (part.size <= 96) return call(number, std::integral_constant<unsigned, 6>{});
    if (part.size <= 128) return call(number, std::integral_constant<unsigned, 8>{});
    refuse("numbers of a head", part.size, 128);
  });
}

}  // namespace vernier::engine::cuda
