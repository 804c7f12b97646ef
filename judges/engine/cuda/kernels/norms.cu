#include "judges/engine/cuda/device/numbers.cuh"
#include "judges/engine/cuda/device/reduce.cuh"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/norms.h"
#include "judges/engine/cuda/kernels/with_type.h"

namespace vernier::engine::cuda {
namespace {

// A long row alone leaves most of the device idle whatever the block's size; a large one waits
// least for memory.
constexpr unsigned kMostThreads = 512;

unsigned threads_for(std::size_t width) { return width <= 1024 ? 128 : kMostThreads; }

struct Row {
  const float* x;
  float* y;
  unsigned width;
};

template <typename T>
__device__ void put(const Row& row, T* copy, unsigned stride, unsigned i, float value) {
  row.y[i] = value;
  if (copy != nullptr) copy[std::size_t{blockIdx.x} * stride + i] = rounded<T>(value);
}

/// Zeros behind the row's numbers.
template <typename T>
__device__ void pad(const Row& row, T* copy, unsigned stride) {
  if (copy == nullptr) return;
  for (unsigned i = row.width + threadIdx.x; i < stride; i += blockDim.x) {
    copy[std::size_t{blockIdx.x} * stride + i] = rounded<T>(0);
  }
}

__device__ Row own_row(const float* x, float* y, unsigned width) {
  const std::size_t at = std::size_t{blockIdx.x} * width;
  return {x + at, y + at, width};
}

template <typename T>
__global__ void __launch_bounds__(kMostThreads)
    rms_norm_kernel(const float* x, const float* weight, float eps, unsigned width, float* y,
                    T* copy, unsigned stride) {
  float* const room = reinterpret_cast<float*>(shared_memory());
  const Row row = own_row(x, y, width);
  float sum = 0;
  for (unsigned i = threadIdx.x; i < width; i += blockDim.x) sum += row.x[i] * row.x[i];
  sum = over_block(sum, Add{}, room);
  const float scale = rsqrtf(sum / static_cast<float>(width) + eps);
  for (unsigned i = threadIdx.x; i < width; i += blockDim.x) {
    put(row, copy, stride, i, row.x[i] * scale * weight[i]);
  }
  pad(row, copy, stride);
}

template <typename T>
__global__ void __launch_bounds__(kMostThreads)
    layer_norm_kernel(const float* x, const float* weight, const float* bias, float eps,
                      unsigned width, float* y, T* copy, unsigned stride) {
  float* const room = reinterpret_cast<float*>(shared_memory());
  const Row row = own_row(x, y, width);
  float sum = 0;
  for (unsigned i = threadIdx.x; i < width; i += blockDim.x) sum += row.x[i];
  const float mean = over_block(sum, Add{}, room) / static_cast<float>(width);
  float squares = 0;
  for (unsigned i = threadIdx.x; i < width; i += blockDim.x) {
    squares += (row.x[i] - mean) * (row.x[i] - mean);
  }
  const float variance =
      over_block(squares, Add{}, room + kMostThreads / kWarp) / static_cast<float>(width);
  const float scale = rsqrtf(variance + eps);
  for (unsigned i = threadIdx.x; i < width; i += blockDim.x) {
    put(row, copy, stride, i, (row.x[i] - mean) * scale * weight[i] + bias[i]);
  }
  pad(row, copy, stride);
}

constexpr std::size_t kRoom = 2 * (kMostThreads / kWarp) * sizeof(float);

}  // namespace

void rms_norm(cudaStream_t stream, Rows x, const float* weight, float eps, Rows y, Copy16 copy) {
  with_type16(copy.type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "rms_norm", rms_norm_kernel<T>, dim3(static_cast<unsigned>(x.count)),
           threads_for(x.width), kRoom, x.data, weight, eps, static_cast<unsigned>(x.width), y.data,
           static_cast<T*>(copy.data), static_cast<unsigned>(copy.stride));
  });
}

void layer_norm(cudaStream_t stream, Rows x, const float* weight, const float* bias, float eps,
                Rows y, Copy16 copy) {
  with_type16(copy.type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "layer_norm", layer_norm_kernel<T>, dim3(static_cast<unsigned>(x.count)),
           threads_for(x.width), kRoom, x.data, weight, bias, eps, static_cast<unsigned>(x.width),
           y.data, static_cast<T*>(copy.data), static_cast<unsigned>(copy.stride));
  });
}

}  // namespace vernier::engine::cuda
