#include <vernier_instructions.cuh>

#include "judges/engine/cuda/device/numbers.cuh"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/with_type.h"
#include "judges/engine/cuda/products/products.h"

namespace vernier::engine::cuda {
namespace {

/// Numbers of k in a stage, and in a chunk of 16 bytes.
constexpr unsigned kDepth = 64, kChunk = 8, kChunks = kDepth / kChunk;

/// A tile of y, and how many warps share it.
template <unsigned rows, unsigned columns, unsigned row_warps, unsigned column_warps,
          unsigned stage_count>
struct Tile {
  static constexpr unsigned kRows = rows, kColumns = columns, kStages = stage_count;
  static constexpr unsigned kColumnWarps = column_warps;
  static constexpr unsigned kThreads = 32 * row_warps * column_warps;
  /// Of a warp: so many pieces of 16 rows, and of 8 columns (two of them are loaded at a time).
  static constexpr unsigned kDown = rows / row_warps / 16, kAcross = columns / column_warps / 8;
  static constexpr unsigned kStageBytes = (rows + columns) * kDepth * 2;
  static constexpr unsigned kBytes = kStages * kStageBytes;
  static_assert(kAcross % 2 == 0 && kDown > 0);
};

/// What blocks with so many tiles across work for, one after the other.
struct Part {
  const unsigned char* w;
  const float* bias;
  float* y;
  unsigned columns, tiles;
  bool adds;
};

struct Product {
  const unsigned char* x;
  std::size_t x_stride, w_stride;  ///< bytes
  unsigned rows, depth;            ///< depth: a multiple of kChunk
  Part parts[kMostTargets];
};

/// Where chunk `chunk` of row `row` lies in a stage: shifted about, so that eight rows' chunks
/// lie in different banks.
__device__ __forceinline__ unsigned place(unsigned row, unsigned chunk) {
  return (row * kChunks + (chunk ^ (row % kChunks))) * 16;
}

/// Asks for rows `first` and on of a matrix, numbers `k` to k + kDepth.
template <unsigned rows, unsigned threads>
__device__ void fetch(unsigned char* to, const unsigned char* from, std::size_t stride,
                      unsigned first, unsigned count, unsigned k, unsigned depth) {
  for (unsigned i = threadIdx.x; i < rows * kChunks; i += threads) {
    const unsigned row = i / kChunks, chunk = i % kChunks;
    const bool there = first + row < count && k + chunk * kChunk < depth;
    const unsigned char* const at =
        from + (there ? std::size_t{first + row} * stride + (k + chunk * kChunk) * 2 : 0);
    copy_async(to + place(row, chunk), at, there);
  }
}

template <typename T, typename Shape>
__global__ void __launch_bounds__(Shape::kThreads) multiply_kernel(Product p) {
  unsigned char* const stages = shared_memory();
  unsigned tile = blockIdx.y, which = 0;
  for (; tile >= p.parts[which].tiles; ++which) tile -= p.parts[which].tiles;
  const Part part = p.parts[which];
  const unsigned first_row = blockIdx.x * Shape::kRows, first_column = tile * Shape::kColumns;
  const unsigned steps = (p.depth + kDepth - 1) / kDepth;
  const auto ask = [&](unsigned step) {
    if (step < steps) {
      unsigned char* const stage = stages + step % Shape::kStages * Shape::kStageBytes;
      fetch<Shape::kRows, Shape::kThreads>(stage, p.x, p.x_stride, first_row, p.rows, step * kDepth,
                                           p.depth);
      fetch<Shape::kColumns, Shape::kThreads>(stage + Shape::kRows * kDepth * 2, part.w, p.w_stride,
                                              first_column, part.columns, step * kDepth, p.depth);
    }
    commit_copies();
  };
  for (unsigned step = 0; step + 1 < Shape::kStages; ++step) ask(step);

  const unsigned lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  const unsigned down = warp / Shape::kColumnWarps * (Shape::kDown * 16);
  const unsigned across = warp % Shape::kColumnWarps * (Shape::kAcross * 8);
  float sum[Shape::kDown][Shape::kAcross][4] = {};
  for (unsigned step = 0; step < steps; ++step) {
    wait_for_copies<Shape::kStages - 2>();
    __syncthreads();  // all have the stage, and are done with the one before it
    ask(step + Shape::kStages - 1);
    const unsigned char* const xs = stages + step % Shape::kStages * Shape::kStageBytes;
    const unsigned char* const ws = xs + Shape::kRows * kDepth * 2;
#pragma unroll
    for (unsigned k = 0; k < kDepth / 16; ++k) {
      std::uint32_t a[Shape::kDown][4], b[Shape::kAcross / 2][4];
#pragma unroll
      for (unsigned i = 0; i < Shape::kDown; ++i) {
        load_matrices(a[i], xs + place(down + i * 16 + lane % 16, 2 * k + lane / 16));
      }
#pragma unroll
      for (unsigned j = 0; j < Shape::kAcross / 2; ++j) {
        const unsigned row = across + j * 16 + lane / 16 * 8 + lane % 8;
        load_matrices(b[j], ws + place(row, 2 * k + lane / 8 % 2));
      }
#pragma unroll
      for (unsigned i = 0; i < Shape::kDown; ++i) {
#pragma unroll
        for (unsigned j = 0; j < Shape::kAcross; ++j) {
          const std::uint32_t half[2] = {b[j / 2][j % 2 * 2], b[j / 2][j % 2 * 2 + 1]};
          multiply<T>(sum[i][j], a[i], half);
        }
      }
    }
  }
  wait_for_copies<0>();
  const auto put = [&](unsigned row, unsigned column, float value) {
    if (row >= p.rows || column >= part.columns) return;
    float* const to = part.y + std::size_t{row} * part.columns + column;
    if (part.bias != nullptr) value += part.bias[column];
    *to = part.adds ? *to + value : value;
  };
#pragma unroll
  for (unsigned i = 0; i < Shape::kDown; ++i) {
#pragma unroll
    for (unsigned j = 0; j < Shape::kAcross; ++j) {
      const unsigned row = first_row + down + i * 16 + lane / 4;
      const unsigned column = first_column + across + j * 8 + lane % 4 * 2;
      put(row, column, sum[i][j][0]);
      put(row, column + 1, sum[i][j][1]);
      put(row + 8, column, sum[i][j][2]);
      put(row + 8, column + 1, sum[i][j][3]);
    }
  }
}

template <typename T, typename Shape>
void run(cudaStream_t stream, Product product, std::size_t parts) {
  allow_shared_bytes<multiply_kernel<T, Shape>>("multiply16", Shape::kBytes);
  dim3 grid((product.rows + Shape::kRows - 1) / Shape::kRows, 0);
  for (std::size_t i = 0; i < parts; ++i) {
    Part& part = product.parts[i];
    part.tiles = (part.columns + Shape::kColumns - 1) / Shape::kColumns;
    grid.y += part.tiles;
  }
  launch(stream, "multiply16", multiply_kernel<T, Shape>, grid, Shape::kThreads, Shape::kBytes,
         product);
}

// Few rows: the time goes into reading weights, so that there must be many blocks, and in each
// many bytes on their way (8 stages of 6 KiB). Many rows: the time goes into products.
using Few = Tile<16, 32, 1, 2, 8>;
using Some = Tile<64, 64, 2, 2, 4>;
using Many = Tile<128, 128, 2, 4, 4>;

}  // namespace

void multiply16(cudaStream_t stream, Copy16 x, std::size_t rows,
                std::span<const Target<DeviceMatrix>> targets) {
  const DeviceMatrix& first = *targets[0].weights;
  Product product{static_cast<const unsigned char*>(x.data),
                  x.stride * 2,
                  first.stride * 2,
                  static_cast<unsigned>(rows),
                  static_cast<unsigned>(first.stride),
                  {}};
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Target<DeviceMatrix>& t = targets[i];
    product.parts[i] = {static_cast<const unsigned char*>(t.weights->data),
                        t.bias,
                        t.y,
                        static_cast<unsigned>(t.weights->rows),
                        0,
                        t.adds};
  }
  with_type16(first.type, [&](auto number) {
    using T = decltype(number);
    if (rows <= Few::kRows) return run<T, Few>(stream, product, targets.size());
    if (rows <= Some::kRows) return run<T, Some>(stream, product, targets.size());
    run<T, Many>(stream, product, targets.size());
  });
}

}  // namespace vernier::engine::cuda
