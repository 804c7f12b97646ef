// From codes to numbers of 16 bits, two at a time.
#pragma once

#include <cstring>

#include "judges/engine/cuda/device/numbers.cuh"
#include "judges/engine/cuda/products/packed/packed_weights.h"

namespace vernier::engine::cuda {

/// A lane's 16 bytes of codes hold so many steps of four inputs.
template <unsigned bits>
inline constexpr unsigned kSteps = kLaneBytes * 8 / bits / 4;

/// A group's scale as a kernel for T uses it.
template <typename T>
struct Group;

template <>
struct Group<Half> {
  __half2 subtracted, scale, offset;

  __device__ explicit Group(const uint2& bits) {
    const std::uint32_t pairs[3] = {(bits.x & 0xFFFFU) * 0x10001U, (bits.x >> 16) * 0x10001U,
                                    (bits.y & 0xFFFFU) * 0x10001U};
    memcpy(&subtracted, &pairs[0], 4);
    memcpy(&scale, &pairs[1], 4);
    memcpy(&offset, &pairs[2], 4);
  }
  /// Of two codes in the lower bits of a word's halves.
  __device__ std::uint32_t pair(std::uint32_t codes) const {
    codes |= 0x64006400U;  // 1024 + code
    __half2 weights;
    memcpy(&weights, &codes, 4);
    weights = __hfma2(__hsub2(weights, subtracted), scale, offset);
    std::uint32_t out;
    memcpy(&out, &weights, 4);
    return out;
  }
};

template <>
struct Group<Bfloat16> {
  float scale, offset;

  __device__ explicit Group(const uint2& bits) {
    memcpy(&scale, &bits.x, 4);
    memcpy(&offset, &bits.y, 4);
  }
  __device__ std::uint32_t pair(std::uint32_t codes) const {
    const float low = fmaf(static_cast<float>(codes & 0xFFFFU), scale, offset);
    const float high = fmaf(static_cast<float>(codes >> 16), scale, offset);
    const __nv_bfloat162 weights = __floats2bfloat162_rn(low, high);
    std::uint32_t out;
    memcpy(&out, &weights, 4);
    return out;
  }
};

/// The four weights of a step, as the matrix units take them of a lane.
template <unsigned bits, typename T>
__device__ __forceinline__ void weights_of(const uint4& codes, unsigned step, const Group<T>& group,
                                           std::uint32_t (&out)[2]) {
  const std::uint32_t words[4] = {codes.x, codes.y, codes.z, codes.w};
  if constexpr (bits == 4) {
    const std::uint32_t word = words[step / 2] >> (8 * (step % 2));
    out[0] = group.pair(word & 0x000F000FU);
    out[1] = group.pair(word >> 4 & 0x000F000FU);
  } else {
    const std::uint32_t word = words[step];
    out[0] = group.pair(word & 0x00FF00FFU);
    out[1] = group.pair(word >> 8 & 0x00FF00FFU);
  }
}

}  // namespace vernier::engine::cuda
