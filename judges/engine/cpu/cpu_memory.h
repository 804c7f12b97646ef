// Memory of the processor, aligned to whole vectors.
#pragma once

#include <cstddef>

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

class CpuMemory final : public Memory {
 public:
  explicit CpuMemory(std::size_t floats);
  ~CpuMemory() override;
  CpuMemory(const CpuMemory&) = delete;
  CpuMemory& operator=(const CpuMemory&) = delete;
};

}  // namespace vernier::engine
