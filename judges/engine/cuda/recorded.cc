#include "judges/engine/cuda/recorded.h"

#include "judges/engine/cuda/device_memory.h"
#include "judges/engine/cuda/kernels/launch.h"

namespace vernier::engine::cuda {
namespace {

/// As many different numbers of sequences at a time, and some more. A record takes some MiB.
constexpr std::size_t kMost = 192;

}  // namespace

void RecordedWork::forget() {
  for (const auto& [key, entry] : entries_) {
    if (entry.graph != nullptr) static_cast<void>(cudaGraphExecDestroy(entry.graph));
  }
  entries_.clear();
}

void RecordedWork::repeat(cudaStream_t stream, std::uint64_t key,
                          const std::function<void()>& work) {
  if (entries_.size() == kMost && !entries_.contains(key)) {
    check(cudaStreamSynchronize(stream), "waiting for the device");
    forget();
  }
  const auto [place, is_new] = entries_.try_emplace(key);
  Entry& entry = place->second;
  if (is_new || entry.growths != DeviceRoom::growths()) {
    if (entry.graph != nullptr) {
      check(cudaStreamSynchronize(stream), "waiting for the device");
      check(cudaGraphExecDestroy(entry.graph), "forgetting work");
      entry.graph = nullptr;
    }
    work();
    entry.growths = DeviceRoom::growths();
    return;
  }
  if (entry.graph == nullptr) {
    cudaGraph_t graph = nullptr;
    check(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal), "recording work");
    try {
      work();
    } catch (...) {
      if (cudaStreamEndCapture(stream, &graph) == cudaSuccess) {
        static_cast<void>(cudaGraphDestroy(graph));
      }
      throw;
    }
    check(cudaStreamEndCapture(stream, &graph), "recording work");
    const cudaError_t error = cudaGraphInstantiate(&entry.graph, graph, 0);
    static_cast<void>(cudaGraphDestroy(graph));
    check(error, "recording work");
  }
  check(cudaGraphLaunch(entry.graph, stream), "playing recorded work");
}

}  // namespace vernier::engine::cuda
