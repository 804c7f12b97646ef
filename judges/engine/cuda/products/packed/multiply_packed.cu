#include <vernier_instructions.cuh>

#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/with_type.h"
#include "judges/engine/cuda/products/packed/codes.cuh"
#include "judges/engine/cuda/products/packed/multiply_packed.h"

namespace vernier::engine::cuda {
namespace {

/// Warps of a block share out its inputs: piece p is warp p % kWarps's.
constexpr unsigned kWarps = 8, kThreads = kWarps * 32;
/// Outputs of a block: two pieces, which use the same inputs.
constexpr unsigned kOutputs = 16, kPieces = kOutputs / kPieceRows;
/// Codes that a lane has on their way: 4 pieces of 16 bytes a row of pieces.
constexpr unsigned kAhead = 4;

/// What so many blocks work for, one after the other.
struct Part {
  const uint4* codes;
  const uint2* groups;
  const float* bias;
  float* y;
  unsigned outputs, pieces_down, blocks;
  bool adds;
};

struct Product {
  const void* x;
  unsigned x_stride, x_columns;  ///< columns that may be read, a multiple of 8
  unsigned rows, pieces_across, group, groups_across;
  Part parts[kMostTargets];
};

/// A lane's inputs of a piece for rows `row` and `row` + 8: eight at a time.
template <typename T>
__device__ __forceinline__ uint4 inputs_of(const Product& p, unsigned row, unsigned column) {
  if (row >= p.rows || column >= p.x_columns) return make_uint4(0, 0, 0, 0);
  const T* const at = static_cast<const T*>(p.x) + std::size_t{row} * p.x_stride + column;
  return *reinterpret_cast<const uint4*>(at);
}

__device__ __forceinline__ uint4 codes_of(const Product& p, const Part& part, unsigned down,
                                          unsigned piece) {
  if (down >= part.pieces_down || piece >= p.pieces_across) return make_uint4(0, 0, 0, 0);
  return part.codes[(std::size_t{down} * p.pieces_across + piece) * kLanes + threadIdx.x % 32];
}

template <typename T>
__device__ __forceinline__ Group<T> group_of(const Product& p, const Part& part, unsigned down,
                                             unsigned column) {
  const unsigned group = column / p.group, last = p.groups_across - 1;
  const unsigned row = down < part.pieces_down ? down : part.pieces_down - 1;
  const std::size_t at = std::size_t{row} * p.groups_across + (group < last ? group : last);
  return Group<T>(part.groups[at * kPieceRows + threadIdx.x % 32 / 4]);
}

/// Adds a piece's inputs to the sums of 16 rows, or of `tiles` times as many.
template <typename T, unsigned bits, unsigned tiles>
__device__ void take_piece(const Product& p, const Part& part, unsigned first_row, unsigned piece,
                           const uint4 (&codes)[kPieces], unsigned first_down,
                           float (&sum)[tiles][kPieces][4]) {
  constexpr unsigned kOwn = 4 * kSteps<bits>;  // inputs of a lane
  const unsigned lane = threadIdx.x % 32, column = (piece * 4 + lane % 4) * kOwn;
  const Group<T> groups[kPieces] = {group_of<T>(p, part, first_down, column),
                                    group_of<T>(p, part, first_down + 1, column)};
#pragma unroll
  for (unsigned step = 0; step < kSteps<bits>; step += 2) {
    std::uint32_t w[2][kPieces][2];
#pragma unroll
    for (unsigned n = 0; n < kPieces; ++n) {
      weights_of<bits, T>(codes[n], step, groups[n], w[0][n]);
      weights_of<bits, T>(codes[n], step + 1, groups[n], w[1][n]);
    }
#pragma unroll
    for (unsigned tile = 0; tile < tiles; ++tile) {
      const unsigned row = first_row + tile * 16 + lane / 4;
      const uint4 upper = inputs_of<T>(p, row, column + 4 * step);
      const uint4 lower = inputs_of<T>(p, row + 8, column + 4 * step);
      const std::uint32_t a[2][4] = {{upper.x, lower.x, upper.y, lower.y},
                                     {upper.z, lower.z, upper.w, lower.w}};
#pragma unroll
      for (unsigned n = 0; n < kPieces; ++n) {
        multiply<T>(sum[tile][n], a[0], w[0][n]);
        multiply<T>(sum[tile][n], a[1], w[1][n]);
      }
    }
  }
}

template <typename T, unsigned bits, unsigned tiles>
__global__ void __launch_bounds__(kThreads) multiply_packed_kernel(Product p) {
  const unsigned warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  unsigned block = blockIdx.x, which = 0;
  for (; block >= p.parts[which].blocks; ++which) block -= p.parts[which].blocks;
  const Part part = p.parts[which];
  const unsigned first_down = block * kPieces, first_row = blockIdx.y * tiles * 16;
  float sum[tiles][kPieces][4] = {};
  uint4 ahead[kAhead][kPieces];
#pragma unroll
  for (unsigned i = 0; i < kAhead; ++i) {
#pragma unroll
    for (unsigned n = 0; n < kPieces; ++n) {
      ahead[i][n] = codes_of(p, part, first_down + n, warp + i * kWarps);
    }
  }
  for (unsigned first = warp; first < p.pieces_across; first += kAhead * kWarps) {
#pragma unroll
    for (unsigned i = 0; i < kAhead; ++i) {
      const unsigned piece = first + i * kWarps;
      if (piece >= p.pieces_across) break;
      const uint4 codes[kPieces] = {ahead[i][0], ahead[i][1]};
#pragma unroll
      for (unsigned n = 0; n < kPieces; ++n) {
        ahead[i][n] = codes_of(p, part, first_down + n, piece + kAhead * kWarps);
      }
      take_piece<T, bits, tiles>(p, part, first_row, piece, codes, first_down, sum);
    }
  }
  // Warps' sums are added in their order.
  float* const room = reinterpret_cast<float*>(shared_memory());
#pragma unroll
  for (unsigned tile = 0; tile < tiles; ++tile) {
#pragma unroll
    for (unsigned n = 0; n < kPieces; ++n) {
#pragma unroll
      for (unsigned i = 0; i < 4; ++i) {
        const unsigned row = tile * 16 + lane / 4 + i / 2 * 8;
        const unsigned output = n * kPieceRows + lane % 4 * 2 + i % 2;
        room[(warp * tiles * 16 + row) * kOutputs + output] = sum[tile][n][i];
      }
    }
  }
  __syncthreads();
  for (unsigned i = threadIdx.x; i < tiles * 16 * kOutputs; i += kThreads) {
    const unsigned row = first_row + i / kOutputs, output = block * kOutputs + i % kOutputs;
    if (row >= p.rows || output >= part.outputs) continue;
    float value = room[i];
    for (unsigned w = 1; w < kWarps; ++w) value += room[w * tiles * 16 * kOutputs + i];
    if (part.bias != nullptr) value += part.bias[output];
    float* const to = part.y + std::size_t{row} * part.outputs + output;
    *to = part.adds ? *to + value : value;
  }
}

template <typename T, unsigned bits, unsigned tiles>
void run(cudaStream_t stream, const Product& product) {
  constexpr std::size_t kBytes = kWarps * tiles * 16 * kOutputs * sizeof(float);
  dim3 grid(0, (product.rows + tiles * 16 - 1) / (tiles * 16));
  for (const Part& part : product.parts) grid.x += part.blocks;
  launch(stream, "multiply_packed", multiply_packed_kernel<T, bits, tiles>, grid, kThreads, kBytes,
         product);
}

template <typename T, unsigned bits>
void run_for(cudaStream_t stream, const Product& product) {
  if (product.rows <= 16) return run<T, bits, 1>(stream, product);
  run<T, bits, 4>(stream, product);
}

}  // namespace

void multiply_packed(cudaStream_t stream, Copy16 x, std::size_t rows,
                     std::span<const Target<PackedWeights>> targets) {
  const auto number = [](std::size_t n) { return static_cast<unsigned>(n); };
  const PackedWeights& first = *targets[0].weights;
  Product product{x.data,
                  number(x.stride),
                  number(x.stride),
                  number(rows),
                  number(first.pieces_across()),
                  number(first.group),
                  number(first.groups_across),
                  {}};
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const PackedWeights& w = *targets[i].weights;
    product.parts[i] = {static_cast<const uint4*>(w.codes),
                        static_cast<const uint2*>(w.groups),
                        targets[i].bias,
                        targets[i].y,
                        number(w.rows),
                        number(w.pieces_down()),
                        number((w.pieces_down() + kPieces - 1) / kPieces),
                        targets[i].adds};
  }
  with_type16(first.type, [&](auto zero) {
    using T = decltype(zero);
    if (first.bits == 4) return run_for<T, 4>(stream, product);
    run_for<T, 8>(stream, product);
  });
}

}  // namespace vernier::engine::cuda
