#include "judges/engine/cpu/cpu_memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/error.h"

namespace vernier::engine {

CpuMemory::CpuMemory(std::size_t floats) {
  constexpr std::size_t kAlignment = 64;
  const std::size_t bytes = (floats * sizeof(float) + kAlignment - 1) / kAlignment * kAlignment;
  data_ = static_cast<float*>(std::aligned_alloc(kAlignment, std::max(bytes, kAlignment)));
  if (data_ == nullptr) {
    throw Error(ExitCode::kResource,
                fmt::format("not enough memory: {} MiB more are needed", bytes >> 20));
  }
  floats_ = floats;
  std::memset(static_cast<void*>(data_), 0, bytes);
}

CpuMemory::~CpuMemory() { std::free(data_); }

}  // namespace vernier::engine
