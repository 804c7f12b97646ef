#include <vernier_instructions.cuh>

#include "judges/engine/cuda/attention/attend32.h"
#include "judges/engine/cuda/device/numbers.cuh"
#include "judges/engine/cuda/device/reduce.cuh"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/with_type.h"

namespace vernier::engine::cuda {
namespace {

constexpr unsigned kWarps = 4, kMostSize = 256, kOwn = kMostSize / kWarp;
static_assert(kPageTokens == kWarp, "a lane a token");

template <typename T>
__global__ void __launch_bounds__(kWarps* kWarp)
    attend32_kernel(Look look, T* copy, unsigned copy_stride) {
  const unsigned lane = threadIdx.x % kWarp, warp = threadIdx.x / kWarp;
  const unsigned number = blockIdx.x * kWarps + warp;  // of row and head
  const unsigned size = look.part.size;
  if (number >= look.places.rows * look.heads) return;
  const unsigned row = number / look.heads, head = number % look.heads;
  const DeviceStretch s = look.places.stretches[look.places.stretch_of_row[row]];
  const unsigned keys = look.causal ? s.position + row - s.first_row + 1 : s.rows;
  const float* const q = look.q + std::size_t{number} * size;
  const float scale = rsqrtf(static_cast<float>(size));
  const std::size_t at = std::size_t{head / look.group} * kPageTokens * look.part.padded;
  float most = -INFINITY, sum = 0, seen[kOwn] = {};
  for (unsigned first = 0; first < keys; first += kPageTokens) {
    const float* const page =
        static_cast<const float*>(look.places.pages[s.first_page + first / kPageTokens]) + at;
    float score = -INFINITY;
    if (first + lane < keys) {
      const float* const key = page + look.part.keys + std::size_t{lane} * look.part.padded;
      score = 0;
      for (unsigned d = 0; d < size; ++d) score = fmaf(q[d], key[d], score);
      score *= scale;
    }
    const float now = Larger{}(most, over_warp(score, Larger{}));
    const float keep = expf(most - now), weight = expf(score - now);
    most = now;
    sum = sum * keep + over_warp(weight, Add{});
    for (unsigned i = 0; i < kOwn; ++i) seen[i] *= keep;
    for (unsigned t = 0; t < kPageTokens; ++t) {
      const float w = __shfl_sync(kAllLanes, weight, static_cast<int>(t));
      if (first + t >= keys) break;
      const float* const value = page + look.part.values + std::size_t{t} * look.part.padded;
#pragma unroll
      for (unsigned i = 0; i < kOwn; ++i) {
        const unsigned d = i * kWarp + lane;
        if (d < size) seen[i] = fmaf(w, value[d], seen[i]);
      }
    }
  }
  const std::size_t width = std::size_t{look.heads} * size;
#pragma unroll
  for (unsigned i = 0; i < kOwn; ++i) {
    const unsigned d = i * kWarp + lane;
    if (d >= size) continue;
    look.out[std::size_t{number} * size + d] = seen[i] / sum;
    if (copy != nullptr) {
      copy[std::size_t{row} * copy_stride + head * size + d] = rounded<T>(seen[i] / sum);
    }
  }
  if (copy == nullptr || head + 1 < look.heads) return;
  for (std::size_t i = width + lane; i < copy_stride; i += kWarp) {
    copy[std::size_t{row} * copy_stride + i] = rounded<T>(0);
  }
}

}  // namespace

void attend32(cudaStream_t stream, const Look& look, Copy16 copy) {
  if (look.part.size > kMostSize) refuse("numbers of a head", look.part.size, kMostSize);
  const unsigned queries = look.places.rows * look.heads;
  with_type16(copy.type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "attend32", attend32_kernel<T>, dim3((queries + kWarps - 1) / kWarps),
           kWarps * kWarp, 0, look, static_cast<T*>(copy.data), static_cast<unsigned>(copy.stride));
  });
}

}  // namespace vernier::engine::cuda
