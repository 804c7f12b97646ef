#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/with_type.h"
#include "judges/engine/cuda/products/packed/codes.cuh"
#include "judges/engine/cuda/products/packed/multiply_packed.h"

namespace vernier::engine::cuda {
namespace {

constexpr unsigned kThreads = 256;

/// A warp a piece, a lane its own codes.
template <typename T, unsigned bits>
__global__ void __launch_bounds__(kThreads)
    unpack_kernel(const uint4* codes, const uint2* groups, unsigned rows, unsigned columns,
                  unsigned pieces_across, unsigned pieces, unsigned group, unsigned groups_across,
                  T* to, unsigned stride) {
  constexpr unsigned kOwn = 4 * kSteps<bits>;
  const unsigned piece = blockIdx.x * (kThreads / 32) + threadIdx.x / 32;
  if (piece >= pieces) return;
  const unsigned lane = threadIdx.x % 32, down = piece / pieces_across;
  const unsigned row = down * kPieceRows + lane / 4;
  const unsigned column = (piece % pieces_across * 4 + lane % 4) * kOwn;
  if (row >= rows || column >= columns) return;
  const Group<T> own(
      groups[(std::size_t{down} * groups_across + column / group) * kPieceRows + lane / 4]);
  const uint4 mine = codes[std::size_t{piece} * kLanes + lane];
  for (unsigned step = 0; step < kSteps<bits>; ++step) {
    std::uint32_t weights[2];
    weights_of<bits, T>(mine, step, own, weights);
    T four[4];
    memcpy(four, weights, sizeof four);
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned at = column + 4 * step + i;
      if (at < columns) to[std::size_t{row} * stride + at] = four[i];
    }
  }
}

__global__ void __launch_bounds__(kThreads)
    reorder_kernel(const std::uint16_t* x, unsigned x_stride, const std::uint32_t* order,
                   unsigned columns, std::uint16_t* to, unsigned stride) {
  for (unsigned i = threadIdx.x; i < stride; i += kThreads) {
    to[std::size_t{blockIdx.x} * stride + i] =
        i < columns ? x[std::size_t{blockIdx.x} * x_stride + order[i]] : std::uint16_t{0};
  }
}

}  // namespace

void unpack(cudaStream_t stream, const PackedWeights& w, void* to, std::size_t stride) {
  const auto pieces = static_cast<unsigned>(w.pieces_down() * w.pieces_across());
  with_type16(w.type, [&](auto zero) {
    using T = decltype(zero);
    launch(stream, "unpack", w.bits == 4 ? unpack_kernel<T, 4> : unpack_kernel<T, 8>,
           dim3((pieces + kThreads / 32 - 1) / (kThreads / 32)), kThreads, 0,
           static_cast<const uint4*>(w.codes), static_cast<const uint2*>(w.groups),
           static_cast<unsigned>(w.rows), static_cast<unsigned>(w.columns),
           static_cast<unsigned>(w.pieces_across()), pieces, static_cast<unsigned>(w.group),
           static_cast<unsigned>(w.groups_across), static_cast<T*>(to),
           static_cast<unsigned>(stride));
  });
}

void reorder(cudaStream_t stream, Copy16 x, std::size_t rows, const std::uint32_t* order,
             std::size_t columns, Copy16 to) {
  launch(stream, "reorder", reorder_kernel, dim3(static_cast<unsigned>(rows)), kThreads, 0,
         static_cast<const std::uint16_t*>(x.data), static_cast<unsigned>(x.stride), order,
         static_cast<unsigned>(columns), static_cast<std::uint16_t*>(to.data),
         static_cast<unsigned>(to.stride));
}

}  // namespace vernier::engine::cuda
