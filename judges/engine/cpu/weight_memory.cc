#include "judges/engine/cpu/weight_memory.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>

#include "base/error.h"

namespace vernier::engine {
namespace {

constexpr std::size_t kAlignment = 64, kHugePage = std::size_t{2} << 20;
/// Addresses that are asked for at a time; what is not used of them takes no memory.
constexpr std::size_t kMapping = std::size_t{64} << 20;

std::size_t round_up(std::size_t n, std::size_t unit) { return (n + unit - 1) / unit * unit; }

}  // namespace

WeightMemory::~WeightMemory() {
  for (const Mapping& m : mappings_) ::munmap(m.address, m.bytes);
}

std::uint8_t* WeightMemory::take(std::size_t bytes) {
  bytes = round_up(bytes, kAlignment);
  if (left_ < bytes) {
    const std::size_t wanted = std::max(round_up(bytes, kHugePage), kMapping);
    const std::size_t mapped = wanted + kHugePage;  // room to begin at a multiple of it
    void* const address = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (address == MAP_FAILED) {
      throw Error(ExitCode::kResource,
                  fmt::format("not enough memory: {} MiB more are needed", wanted >> 20));
    }
    mappings_.push_back({address, mapped});
    const auto start = reinterpret_cast<std::uintptr_t>(address);
    next_ = static_cast<std::uint8_t*>(address) + (round_up(start, kHugePage) - start);
    left_ = wanted;
#if defined(MADV_HUGEPAGE)
    ::madvise(next_, wanted, MADV_HUGEPAGE);  // advice: what it says does not matter
#endif
  }
  std::uint8_t* const out = next_;
  next_ += bytes;
  left_ -= bytes;
  return out;
}

}  // namespace vernier::engine
