// What a thread of the device can ask for.
#include <cstring>

#include "tests/cuda_emulation/toolkit/cuda_runtime.h"

namespace vernier::emulation {

Index thread_index() { return Block::thread()->index; }
Index block_index() { return Block::current()->index(); }
Index block_size() { return Block::current()->size(); }
Index grid_size() { return Block::current()->grid(); }
unsigned lane() { return Block::thread()->lane(); }

void shuffle(const char* name, unsigned mask, void* value, std::size_t bytes, unsigned source) {
  const Slot* const slots = Block::current()->exchange(name, mask, value, bytes);
  std::memcpy(value, slots[source], bytes);
}

}  // namespace vernier::emulation

using vernier::emulation::Block;

void __syncthreads() { Block::current()->barrier(); }
void __syncwarp(unsigned mask) { Block::current()->warp_barrier(mask); }

unsigned __ballot_sync(unsigned mask, int predicate) {
  const auto* const slots =
      Block::current()->exchange("__ballot_sync", mask, &predicate, sizeof predicate);
  unsigned out = 0;
  for (unsigned lane = 0; lane < 32; ++lane) {
    int given = 0;
    if ((mask >> lane & 1) != 0) std::memcpy(&given, slots[lane], sizeof given);
    if (given != 0) out |= 1U << lane;
  }
  return out;
}
