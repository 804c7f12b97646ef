// Matrix instructions, as the PTX ISA describes them ("Matrix fragments for mma.m16n8k16",
// "Warp-level matrix load instruction: ldmatrix").
#include <fmt/format.h>

#include <cstring>

#include "tests/cuda_emulation/machine/block.h"
#include "tests/cuda_emulation/toolkit/vernier_instructions.cuh"

namespace vernier::emulation {
namespace {

constexpr std::uint32_t kAll = 0xFFFFFFFFU;

float number(Number kind, std::uint32_t pair, unsigned which) {
  const auto bits = static_cast<std::uint16_t>(pair >> (16 * which));
  return kind == Number::kHalf ? engine::float_of_half(bits) : engine::float_of_bf16(bits);
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

void multiply(Number kind, float (&sum)[4], const std::uint32_t (&a)[4],
              const std::uint32_t (&b)[2]) {
  struct Given {
    std::uint32_t a[4], b[2];
  } own;
  static_assert(sizeof own <= sizeof(Slot));
  std::memcpy(own.a, a, sizeof own.a);
  std::memcpy(own.b, b, sizeof own.b);
  const Slot* const slots = Block::current()->exchange("mma.sync", kAll, &own, sizeof own);
  const auto of_lane = [&](unsigned lane) {
    Given given;
    std::memcpy(&given, slots[lane], sizeof given);
    return given;
  };
  const unsigned lane = Block::thread()->lane(), group = lane / 4;
  for (unsigned k = 0; k < 16; ++k) {
    const unsigned of = k % 8 / 2;
    const Given left = of_lane(group * 4 + of);
    for (unsigned column = 0; column < 2; ++column) {
      const Given right = of_lane((lane % 4 * 2 + column) * 4 + of);
      const float y = number(kind, right.b[k / 8], k % 2);
      for (unsigned half = 0; half < 2; ++half) {
        const float x = number(kind, left.a[k / 8 * 2 + half], k % 2);
        sum[half * 2 + column] += x * y;
      }
    }
  }
}

}  // namespace vernier::emulation
