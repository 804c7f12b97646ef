// In place of the engine's header of this name: what the device's own instructions do, on the
// emulated one.
#pragma once

#include <cstdint>

#include "tests/cuda_emulation/machine/checks.h"
#include "tests/cuda_emulation/toolkit/cuda_bf16.h"
#include "tests/cuda_emulation/toolkit/cuda_fp16.h"

namespace vernier::emulation {

void load_matrices(std::uint32_t (&out)[4], const void* row, bool transposed, const void* at);
enum class Number : std::uint8_t { kHalf, kBfloat16 };
void multiply(Number number, float (&sum)[4], const std::uint32_t (&a)[4],
              const std::uint32_t (&b)[2]);

}  // namespace vernier::emulation

namespace vernier::engine::cuda {

inline unsigned char* shared_memory() {
  return reinterpret_cast<unsigned char*>(emulation::shared_memory);
}

__attribute__((noinline)) inline void copy_async(void* shared, const void* device, bool wanted) {
  emulation::begin_copy(shared, wanted ? device : nullptr, 16, __builtin_return_address(0));
}
inline void commit_copies() { emulation::commit_copies(); }
template <int groups_left>
__attribute__((noinline)) void wait_for_copies() {
  emulation::wait_for_copies(groups_left, __builtin_return_address(0));
}

__attribute__((noinline)) inline void load_matrices(std::uint32_t (&out)[4], const void* row) {
  emulation::load_matrices(out, row, false, __builtin_return_address(0));
}
__attribute__((noinline)) inline void load_matrices_transposed(std::uint32_t (&out)[4],
                                                               const void* row) {
  emulation::load_matrices(out, row, true, __builtin_return_address(0));
}

template <typename T>
void multiply(float (&sum)[4], const std::uint32_t (&a)[4], const std::uint32_t (&b)[2]);
template <>
inline void multiply<__half>(float (&sum)[4], const std::uint32_t (&a)[4],
                             const std::uint32_t (&b)[2]) {
  emulation::multiply(emulation::Number::kHalf, sum, a, b);
}
template <>
inline void multiply<__nv_bfloat16>(float (&sum)[4], const std::uint32_t (&a)[4],
                                    const std::uint32_t (&b)[2]) {
  emulation::multiply(emulation::Number::kBfloat16, sum, a, b);
}

}  // namespace vernier::engine::cuda
