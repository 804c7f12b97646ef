#include "judges/engine/cuda/device/numbers.cuh"
#include "judges/engine/cuda/device/rotary.cuh"
#include "judges/engine/cuda/kernels/elementwise.h"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/with_type.h"

namespace vernier::engine::cuda {
namespace {

constexpr unsigned kThreads = 256;

/// Blocks of a row each in x, portions of a row in y.
dim3 grid_of(std::size_t rows, std::size_t width) {
  const std::size_t portions = (width + 4 * kThreads - 1) / (4 * kThreads);
  return {static_cast<unsigned>(rows), static_cast<unsigned>(portions < 65535 ? portions : 65535)};
}

/// Calls `each` with the places in a row that are this thread's.
template <typename Each>
__device__ void for_own(unsigned width, Each each) {
  const unsigned step = gridDim.y * kThreads;
  for (unsigned i = blockIdx.y * kThreads + threadIdx.x; i < width; i += step) each(i);
}

template <typename T>
struct Copy {
  T* data;
  unsigned stride;

  __device__ void put(unsigned i, float value) const {
    if (data != nullptr) data[std::size_t{blockIdx.x} * stride + i] = rounded<T>(value);
  }
  __device__ void pad(unsigned width) const {
    if (data == nullptr || blockIdx.y > 0) return;
    for (unsigned i = width + threadIdx.x; i < stride; i += kThreads) put(i, 0);
  }
};

template <typename T>
Copy<T> typed(const Copy16& copy) {
  return {static_cast<T*>(copy.data), static_cast<unsigned>(copy.stride)};
}

__device__ float logistic(float x) { return 1.0F / (1.0F + expf(-x)); }

template <Activation kind>
__device__ float activated(float x) {
  if constexpr (kind == Activation::kGelu) {
    return 0.5F * x * (1.0F + erff(x * 0.70710678118654752F));
  } else if constexpr (kind == Activation::kGeluTanh) {
    return 0.5F * x * (1.0F + tanhf(0.79788456080286536F * (x + 0.044715F * x * x * x)));
  } else {
    return x * logistic(1.702F * x);
  }
}

template <Activation kind, typename T>
__global__ void activate_kernel(float* x, unsigned width, Copy<T> copy) {
  float* const row = x + std::size_t{blockIdx.x} * width;
  for_own(width, [&](unsigned i) {
    row[i] = activated<kind>(row[i]);
    copy.put(i, row[i]);
  });
  copy.pad(width);
}

template <typename T>
__global__ void gated_silu_kernel(float* gate, const float* up, unsigned width, Copy<T> copy) {
  const std::size_t at = std::size_t{blockIdx.x} * width;
  for_own(width, [&](unsigned i) {
    const float g = gate[at + i];
    gate[at + i] = g * logistic(g) * up[at + i];
    copy.put(i, gate[at + i]);
  });
  copy.pad(width);
}

__global__ void add_kernel(float* x, const float* y, unsigned width) {
  const std::size_t at = std::size_t{blockIdx.x} * width;
  for_own(width, [&](unsigned i) { x[at + i] += y[at + i]; });
}

template <typename T>
__global__ void copy_to_16_kernel(const float* x, unsigned width, Copy<T> copy) {
  const float* const row = x + std::size_t{blockIdx.x} * width;
  for_own(width, [&](unsigned i) { copy.put(i, row[i]); });
  copy.pad(width);
}

template <typename T>
__global__ void widen_kernel(const T* numbers, unsigned width, float* out) {
  for_own(width, [&](unsigned i) { out[i] = to_float(numbers[i]); });
}

template <typename T>
__global__ void embed_kernel(const T* table, unsigned stride, const std::uint32_t* ids,
                             unsigned width, float* y) {
  const T* const row = table + std::size_t{ids[blockIdx.x]} * stride;
  float* const to = y + std::size_t{blockIdx.x} * width;
  for_own(width, [&](unsigned i) { to[i] = to_float(row[i]); });
}

__global__ void scatter_kernel(const float* x, const std::uint32_t* from, const std::uint32_t* to,
                               unsigned width, float* y) {
  const float* const row = x + std::size_t{from[blockIdx.x]} * width;
  float* const out = y + std::size_t{to[blockIdx.x]} * width;
  for_own(width, [&](unsigned i) { out[i] = row[i]; });
}

__global__ void rotate_kernel(float* x, unsigned width, unsigned half, const float* cos,
                              const float* sin) {
  float* const row = x + std::size_t{blockIdx.x} * width;
  const std::size_t angles = std::size_t{blockIdx.x} * half;
  for_own(width / 2, [&](unsigned i) {
    const unsigned turn = i % half, low = i / half * 2 * half + turn;
    const float c = cos[angles + turn], s = sin[angles + turn];
    const float2 out = turned(row[low], row[low + half], c, s);
    row[low] = out.x;
    row[low + half] = out.y;
  });
}

unsigned width_of(const Rows& x) { return static_cast<unsigned>(x.width); }

template <Activation kind>
void activate_as(cudaStream_t stream, Rows x, Copy16 copy) {
  with_type16(copy.type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "activate", activate_kernel<kind, T>, grid_of(x.count, x.width), kThreads, 0,
           x.data, width_of(x), typed<T>(copy));
  });
}

}  // namespace

void activate(cudaStream_t stream, Activation kind, Rows x, Copy16 copy) {
  switch (kind) {
    case Activation::kGelu:
      return activate_as<Activation::kGelu>(stream, x, copy);
    case Activation::kGeluTanh:
      return activate_as<Activation::kGeluTanh>(stream, x, copy);
    case Activation::kQuickGelu:
      return activate_as<Activation::kQuickGelu>(stream, x, copy);
  }
}

void gated_silu(cudaStream_t stream, Rows gate, Rows up, Copy16 copy) {
  with_type16(copy.type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "gated_silu", gated_silu_kernel<T>, grid_of(gate.count, gate.width), kThreads, 0,
           gate.data, up.data, width_of(gate), typed<T>(copy));
  });
}

void add(cudaStream_t stream, Rows x, Rows y) {
  launch(stream, "add", add_kernel, grid_of(x.count, x.width), kThreads, 0, x.data, y.data,
         width_of(x));
}

void copy_to_16(cudaStream_t stream, Rows x, Copy16 copy) {
  with_type16(copy.type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "copy_to_16", copy_to_16_kernel<T>, grid_of(x.count, x.width), kThreads, 0,
           x.data, width_of(x), typed<T>(copy));
  });
}

void widen(cudaStream_t stream, const void* numbers, DType type, std::size_t size, float* out) {
  with_type16(type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "widen", widen_kernel<T>, grid_of(1, size), kThreads, 0,
           static_cast<const T*>(numbers), static_cast<unsigned>(size), out);
  });
}

void embed(cudaStream_t stream, const void* table, DType type, std::size_t stride,
           const std::uint32_t* ids, Rows y) {
  with_type(type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "embed", embed_kernel<T>, grid_of(y.count, y.width), kThreads, 0,
           static_cast<const T*>(table), static_cast<unsigned>(stride), ids, width_of(y), y.data);
  });
}

void scatter(cudaStream_t stream, Rows x, const std::uint32_t* from, const std::uint32_t* to,
             std::size_t count, Rows y) {
  launch(stream, "scatter", scatter_kernel, grid_of(count, x.width), kThreads, 0, x.data, from, to,
         width_of(x), y.data);
}

void rotate(cudaStream_t stream, Rows x, std::size_t heads, const float* cos, const float* sin) {
  const auto half = static_cast<unsigned>(x.width / heads / 2);
  launch(stream, "rotate", rotate_kernel, grid_of(x.count, x.width / 2), kThreads, 0, x.data,
         width_of(x), half, cos, sin);
}

}  // namespace vernier::engine::cuda
