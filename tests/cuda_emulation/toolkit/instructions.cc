// Matrix instructions, as the PTX ISA describes them ("Matrix fragments for mma.m16n8k16",
// "Warp-level matrix load instruction: ldmatrix").
#include <fmt/format.h>

#include <cstring>

#include "tests/cuda_emulation/machine/block.h"
#include "tests/cuda_emulation/toolkit/vernier_instructions.cuh"

namespace vernier::emulation {
namespace {

constexpr std::uint32_t kAll = 0xFFFFFFFFU;

/// What a lane gives to a product, and gets.
struct Fragment {
  float sum[4];
  std::uint32_t a[4], b[2];
};
static_assert(sizeof(Fragment) <= sizeof(Slot));

template <float (*widened)(std::uint16_t)>
void multiply_all(Slot* slots) {
  float a[16][16], b[8][16];  // of rows and of columns, by k
  Fragment fragment;
  for (unsigned lane = 0; lane < 32; ++lane) {
    std::memcpy(&fragment, slots[lane], sizeof fragment);
    const unsigned group = lane / 4, k = lane % 4 * 2;
    for (unsigned i = 0; i < 2; ++i) {
      const auto of = [&](std::uint32_t pair) {
        return widened(static_cast<std::uint16_t>(pair >> (16 * i)));
      };
      for (unsigned r = 0; r < 4; ++r) a[group + r % 2 * 8][k + r / 2 * 8 + i] = of(fragment.a[r]);
      for (unsigned r = 0; r < 2; ++r) b[group][k + r * 8 + i] = of(fragment.b[r]);
    }
  }
  for (unsigned lane = 0; lane < 32; ++lane) {
    std::memcpy(&fragment, slots[lane], sizeof fragment);
    for (unsigned r = 0; r < 4; ++r) {
      const float *const x = a[lane / 4 + r / 2 * 8], *const y = b[lane % 4 * 2 + r % 2];
      float& sum = fragment.sum[r];
      for (unsigned k = 0; k < 16; ++k) sum += x[k] * y[k];
    }
    std::memcpy(slots[lane], &fragment, sizeof fragment);
  }
}

}  // namespace

void load_matrices(std::uint32_t (&out)[4], const void* row, bool transposed, const void* at) {
  const Slot* const rows = Block::current()->exchange("ldmatrix", kAll, &row, sizeof row);
  const unsigned lane = Block::thread()->lane();
  if (reinterpret_cast<std::uintptr_t>(row) % 16 != 0) {
    Failures::add(fmt::format("ldmatrix: lane {} has an address that 16 does not divide", lane));
  }
  for (unsigned m = 0; m < 4; ++m) {
    std::uint16_t pair[2];
    for (unsigned i = 0; i < 2; ++i) {
      const unsigned r = transposed ? lane % 4 * 2 + i : lane / 4;
      const unsigned c = transposed ? lane / 4 : lane % 4 * 2 + i;
      const std::uint16_t* from = nullptr;
      std::memcpy(&from, rows[m * 8 + r], sizeof from);
      touched(from + c, sizeof *from, false, at);
      pair[i] = from[c];
    }
    out[m] = static_cast<std::uint32_t>(pair[1]) << 16 | pair[0];
  }
}

void multiply(Number number, float (&sum)[4], const std::uint32_t (&a)[4],
              const std::uint32_t (&b)[2]) {
  Fragment own;
  std::memcpy(own.sum, sum, sizeof sum);
  std::memcpy(own.a, a, sizeof a);
  std::memcpy(own.b, b, sizeof b);
  const Slot* const slots =
      Block::current()->exchange("mma.sync", kAll, &own, sizeof own,
                                 number == Number::kHalf ? multiply_all<engine::float_of_half>
                                                         : multiply_all<engine::float_of_bf16>);
  std::memcpy(sum, slots[Block::thread()->lane()], sizeof sum);
}

}  // namespace vernier::emulation
