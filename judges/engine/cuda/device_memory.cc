#include "judges/engine/cuda/device_memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "base/error.h"
#include "judges/engine/cuda/kernels/launch.h"

namespace vernier::engine::cuda {
namespace {

std::atomic<std::uint64_t>& all_growths() {
  static std::atomic<std::uint64_t> growths{0};
  return growths;
}

}  // namespace

DeviceBytes::DeviceBytes(std::size_t bytes) : bytes_(bytes) {
  if (bytes == 0) return;
  const cudaError_t error = cudaMalloc(&data_, bytes);
  if (error == cudaSuccess) return;
  data_ = nullptr;
  static_cast<void>(cudaGetLastError());
  std::size_t free = 0, total = 0;
  if (error == cudaErrorMemoryAllocation && cudaMemGetInfo(&free, &total) == cudaSuccess) {
    throw Error(ExitCode::kResource,
                fmt::format("not enough memory on the device: {} MiB more are needed, {} of {} MiB "
                            "are free",
                            bytes >> 20, free >> 20, total >> 20));
  }
  check(error, "allocating memory");
}

DeviceBytes::~DeviceBytes() {
  if (data_ != nullptr) static_cast<void>(cudaFree(data_));
}

std::uint64_t DeviceRoom::growths() { return all_growths(); }

void* DeviceRoom::of(std::size_t bytes, cudaStream_t stream) {
  if (bytes_.bytes() < bytes) {
    check(cudaStreamSynchronize(stream), "waiting for the device");
    ++all_growths();
    bytes_ = DeviceBytes();
    bytes_ = DeviceBytes(std::max(bytes, std::size_t{4096}));
  }
  return bytes_.data();
}

const void* DeviceRoom::copy_of_bytes(const void* from, std::size_t bytes, cudaStream_t stream) {
  void* const to = of(bytes, stream);
  check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream), "copying to the device");
  return to;
}

DeviceFloats::DeviceFloats(std::size_t floats, cudaStream_t stream)
    : bytes_(floats * sizeof(float)) {
  data_ = static_cast<float*>(bytes_.data());
  floats_ = floats;
  check(cudaMemsetAsync(data_, 0, floats * sizeof(float), stream), "clearing memory");
}

}  // namespace vernier::engine::cuda
