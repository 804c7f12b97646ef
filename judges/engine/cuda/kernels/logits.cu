#include "judges/engine/cuda/device/reduce.cuh"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/logits.h"

namespace vernier::engine::cuda {
namespace {

constexpr unsigned kThreads = 512, kWarps = kThreads / kWarp;

__global__ void __launch_bounds__(kThreads)
    log_sum_exp_kernel(const float* logits, unsigned width, float* out) {
  float* const room = reinterpret_cast<float*>(shared_memory());
  const float* const row = logits + std::size_t{blockIdx.x} * width;
  float most = -INFINITY;
  for (unsigned i = threadIdx.x; i < width; i += kThreads) most = Larger{}(most, row[i]);
  most = over_block(most, Larger{}, room);
  float sum = 0;
  for (unsigned i = threadIdx.x; i < width; i += kThreads) sum += expf(row[i] - most);
  sum = over_block(sum, Add{}, room + kWarps);
  if (threadIdx.x == 0) out[blockIdx.x] = most + logf(sum);
}

struct Best {
  float value;
  unsigned place;
};

__device__ Best better(Best a, Best b) {
  return b.value > a.value || (b.value == a.value && b.place < a.place) ? b : a;
}

__global__ void __launch_bounds__(kThreads)
    argmax_kernel(const float* logits, unsigned width, std::uint32_t* out) {
  Best* const room = reinterpret_cast<Best*>(shared_memory());
  const float* const row = logits + std::size_t{blockIdx.x} * width;
  Best best{-INFINITY, width - 1};
  for (unsigned i = threadIdx.x; i < width; i += kThreads) best = better(best, {row[i], i});
  for (int by = 16; by > 0; by /= 2) {
    best = better(best, {__shfl_xor_sync(kAllLanes, best.value, by),
                         __shfl_xor_sync(kAllLanes, best.place, by)});
  }
  if (threadIdx.x % kWarp == 0) room[threadIdx.x / kWarp] = best;
  __syncthreads();
  if (threadIdx.x != 0) return;
  for (unsigned w = 1; w < kWarps; ++w) best = better(best, room[w]);
  out[blockIdx.x] = best.place;
}

}  // namespace

void log_sum_exp(cudaStream_t stream, Rows logits, float* out) {
  launch(stream, "log_sum_exp", log_sum_exp_kernel, dim3(static_cast<unsigned>(logits.count)),
         kThreads, 2 * kWarps * sizeof(float), logits.data, static_cast<unsigned>(logits.width),
         out);
}

void argmax(cudaStream_t stream, Rows logits, std::uint32_t* out) {
  launch(stream, "argmax", argmax_kernel, dim3(static_cast<unsigned>(logits.count)), kThreads,
         kWarps * sizeof(Best), logits.data, static_cast<unsigned>(logits.width), out);
}

}  // namespace vernier::engine::cuda
