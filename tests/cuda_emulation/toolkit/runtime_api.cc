#include "tests/cuda_emulation/toolkit/runtime_api.h"

#include <cstdlib>
#include <cstring>
#include <vector>

#include "tests/cuda_emulation/machine/device_memory.h"
#include "tests/cuda_emulation/machine/failures.h"
#include "tests/cuda_emulation/toolkit/cuda_runtime.h"

using vernier::emulation::DeviceMemory;
using vernier::emulation::Failures;

using Work = std::vector<std::function<bool()>>;

struct CUstream_st {
  bool capturing = false;
  Work captured;
};
struct CUgraph_st {
  Work work;
};
struct CUgraphExec_st {
  Work work;
};

namespace {

cudaError_t last_error = cudaSuccess;

cudaError_t result(cudaError_t error) {
  if (error != cudaSuccess) last_error = error;
  return error;
}

bool check(const void* address, std::size_t bytes, bool device, const char* what) {
  DeviceMemory& memory = DeviceMemory::get();
  if (device ? memory.holds(address, bytes) : !memory.is_device(address)) return true;
  Failures::add(std::string(what) + (device ? ": not in one allocation of the device"
                                            : ": the device's address where the host's is wanted"));
  return false;
}

}  // namespace

namespace vernier::emulation {

cudaError_t in_stream(cudaStream_t stream, std::function<bool()> work) {
  if (stream != nullptr && stream->capturing) {
    stream->captured.push_back(std::move(work));
    return cudaSuccess;
  }
  return result(work() ? cudaSuccess : cudaErrorLaunchFailure);
}

}  // namespace vernier::emulation

cudaError_t cudaGetDeviceCount(int* count) {
  *count = 1;
  return cudaSuccess;
}
cudaError_t cudaSetDevice(int device) {
  return result(device == 0 ? cudaSuccess : cudaErrorInvalidValue);
}
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
  if (device != 0) return result(cudaErrorInvalidValue);
  *properties = {"emulated device", DeviceMemory::kBytes, 9, 0, 4};
  return cudaSuccess;
}
cudaError_t cudaDriverGetVersion(int* version) {
  *version = 13000;
  return cudaSuccess;
}
cudaError_t cudaRuntimeGetVersion(int* version) {
  *version = 13000;
  return cudaSuccess;
}
cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  *free = *total = DeviceMemory::kBytes;
  return cudaSuccess;
}
const char* cudaGetErrorString(cudaError_t error) {
  switch (error) {
    case cudaSuccess:
      return "no error";
    case cudaErrorMemoryAllocation:
      return "out of memory";
    case cudaErrorInvalidValue:
      return "invalid argument";
    case cudaErrorNoDevice:
      return "no CUDA-capable device is detected";
    case cudaErrorStreamCaptureUnsupported:
      return "operation not permitted when stream is capturing";
    case cudaErrorLaunchFailure:
      return "unspecified launch failure";
  }
  return "unknown error";
}
cudaError_t cudaGetLastError() { return std::exchange(last_error, cudaSuccess); }

cudaError_t cudaMalloc(void** address, std::size_t bytes) {
  *address = bytes == 0 ? nullptr : DeviceMemory::get().allocate(bytes);
  return result(*address != nullptr || bytes == 0 ? cudaSuccess : cudaErrorMemoryAllocation);
}
cudaError_t cudaFree(void* address) {
  if (address == nullptr || DeviceMemory::get().free(address)) return cudaSuccess;
  Failures::add("cudaFree of what is no allocation");
  return result(cudaErrorInvalidValue);
}
cudaError_t cudaMallocHost(void** address, std::size_t bytes) {
  *address = std::malloc(bytes);
  return result(*address != nullptr ? cudaSuccess : cudaErrorMemoryAllocation);
}
cudaError_t cudaFreeHost(void* address) {
  std::free(address);
  return cudaSuccess;
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind,
                            cudaStream_t stream) {
  if (bytes == 0) return cudaSuccess;
  const bool from_device = kind == cudaMemcpyDeviceToHost || kind == cudaMemcpyDeviceToDevice;
  const bool to_device = kind == cudaMemcpyHostToDevice || kind == cudaMemcpyDeviceToDevice;
  return vernier::emulation::in_stream(stream, [=] {
    if (!check(from, bytes, from_device, "cudaMemcpyAsync from") ||
        !check(to, bytes, to_device, "cudaMemcpyAsync to")) {
      return false;
    }
    std::memmove(to, from, bytes);
    return true;
  });
}
cudaError_t cudaMemcpy2DAsync(void* to, std::size_t to_pitch, const void* from,
                              std::size_t from_pitch, std::size_t width, std::size_t height,
                              cudaMemcpyKind kind, cudaStream_t stream) {
  for (std::size_t row = 0; row < height; ++row) {
    const cudaError_t error = cudaMemcpyAsync(
        static_cast<std::byte*>(to) + row * to_pitch,
        static_cast<const std::byte*>(from) + row * from_pitch, width, kind, stream);
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}
cudaError_t cudaMemsetAsync(void* to, int value, std::size_t bytes, cudaStream_t stream) {
  if (bytes == 0) return cudaSuccess;
  return vernier::emulation::in_stream(stream, [=] {
    if (!check(to, bytes, true, "cudaMemsetAsync")) return false;
    std::memset(to, value, bytes);
    return true;
  });
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned) {
  *stream = new CUstream_st;
  return cudaSuccess;
}
cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  delete stream;
  return cudaSuccess;
}
cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  if (stream == nullptr || !stream->capturing) return cudaSuccess;
  Failures::add("cudaStreamSynchronize of a stream that is being captured");
  return result(cudaErrorStreamCaptureUnsupported);
}
cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode) {
  if (stream == nullptr || stream->capturing) return result(cudaErrorInvalidValue);
  stream->capturing = true;
  return cudaSuccess;
}
cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
  if (stream == nullptr || !stream->capturing) return result(cudaErrorInvalidValue);
  stream->capturing = false;
  *graph = new CUgraph_st{std::exchange(stream->captured, {})};
  return cudaSuccess;
}
cudaError_t cudaGraphInstantiate(cudaGraphExec_t* exec, cudaGraph_t graph, unsigned long long) {
  *exec = new CUgraphExec_st{graph->work};
  return cudaSuccess;
}
cudaError_t cudaGraphLaunch(cudaGraphExec_t exec, cudaStream_t stream) {
  for (const auto& work : exec->work) {
    const cudaError_t error = vernier::emulation::in_stream(stream, work);
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}
cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  delete graph;
  return cudaSuccess;
}
cudaError_t cudaGraphExecDestroy(cudaGraphExec_t exec) {
  delete exec;
  return cudaSuccess;
}
