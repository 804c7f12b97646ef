// Work that was recorded once and is played again: a launch instead of hundreds.
#pragma once

#include <cuda_runtime.h>

#include <cstdint>
#include <functional>
#include <unordered_map>

namespace vernier::engine::cuda {

class RecordedWork {
 public:
  RecordedWork() = default;
  ~RecordedWork() { forget(); }
  RecordedWork(const RecordedWork&) = delete;
  RecordedWork& operator=(const RecordedWork&) = delete;

  /// Runs `work` when it is new under this key, or when a room has grown since (it makes all rooms
  /// large enough); records it the second time; plays it from then on.
  void repeat(cudaStream_t stream, std::uint64_t key, const std::function<void()>& work);

 private:
  void forget();

  struct Entry {
    cudaGraphExec_t graph = nullptr;
    std::uint64_t growths = 0;  ///< DeviceRoom::growths() after it was run
  };
  std::unordered_map<std::uint64_t, Entry> entries_;
};

}  // namespace vernier::engine::cuda
