// A grid of blocks, one after the other, in whatever order of threads.
#pragma once

#include <cstddef>

#include "tests/cuda_emulation/machine/block.h"

namespace vernier::emulation {

/// In which order threads get their turn from now on.
void set_order(Order order);

/// How much shared memory launches of this kernel may ask for (48 KiB unless it was raised).
void allow_shared_bytes(const void* kernel, std::size_t bytes);

struct Launch {
  Index grid, block;
  std::size_t shared_bytes = 0;
  const void* kernel = nullptr;
  Call call;
};

/// False when the launch is refused or its threads wait for ever.
bool run(const Launch& launch);

}  // namespace vernier::emulation
