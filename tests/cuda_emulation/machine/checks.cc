#include "tests/cuda_emulation/machine/checks.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <link.h>

#include <cstring>
#include <set>
#include <utility>

#include "tests/cuda_emulation/machine/block.h"
#include "tests/cuda_emulation/machine/device_memory.h"

namespace vernier::emulation {

alignas(1024) std::byte shared_memory[kSharedBytes];

namespace {

struct Range {
  const std::byte* begin = nullptr;
  std::size_t bytes = 0;
  bool holds(const void* address, std::size_t n) const {
    const auto* p = static_cast<const std::byte*>(address);
    return p >= begin && p + n <= begin + bytes;
  }
};

struct State {
  Shadow device{DeviceMemory::kBytes}, shared{kSharedBytes};
  Range arguments, may_share;
  Range program;                        ///< code and constants, and static data
  std::uint64_t launch = 0, block = 0;  ///< counted so that what was before them is out of date
  std::set<std::pair<const void*, int>> told;  ///< one message a place in the code
};

State& state() {
  static State state;
  return state;
}

Range program_range() {
  Range out;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* to) {
        const std::byte *low = nullptr, *high = nullptr;
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& segment = info->dlpi_phdr[i];
          if (segment.p_type != PT_LOAD) continue;
          const auto* begin = reinterpret_cast<const std::byte*>(info->dlpi_addr + segment.p_vaddr);
          if (low == nullptr || begin < low) low = begin;
          if (begin + segment.p_memsz > high) high = begin + segment.p_memsz;
        }
        // The program or plugin that the kernels are linked into, with this.
        const Range range{low, static_cast<std::size_t>(high - low)};
        if (!range.holds(shared_memory, 1)) return 0;
        *static_cast<Range*>(to) = range;
        return 1;
      },
      &out);
  return out;
}

std::string place(const void* at) {
  Dl_info info{};
  if (::dladdr(at, &info) == 0 || info.dli_fbase == nullptr) return fmt::format("{}", at);
  const auto offset = static_cast<const char*>(at) - static_cast<const char*>(info.dli_fbase);
  return fmt::format("{}+{:#x}", info.dli_sname != nullptr ? info.dli_sname : "?", offset);
}

void tell(int kind, const void* at, std::string text) {
  if (!state().told.insert({at, kind}).second) {
    ++Failures::count();
    return;
  }
  const Thread& t = *Block::thread();
  Failures::add(fmt::format("block {}, thread {}: {} [{}]", Block::current()->number(), t.number,
                            text, place(at)));
}

Stamp stamp_of(const Thread& t, std::uint64_t launch) {
  Stamp stamp;
  stamp.launch = launch & kLaunches;
  stamp.block = Block::current()->number() & (kBlocks - 1);
  stamp.thread = t.number & 1023;
  stamp.barriers = t.barriers & (kBarriers - 1);
  stamp.warp_syncs = t.warp_syncs & (kWarpSyncs - 1);
  return stamp;
}

void check_race(Shadow& shadow, std::uint64_t launch, std::size_t offset, std::size_t bytes,
                bool is_write, const void* at, const char* memory) {
  const Stamp raced = shadow.touch(offset, bytes, is_write, stamp_of(*Block::thread(), launch));
  if (raced.launch == 0) return;
  tell(
      1, at,
      fmt::format("{} {} memory at byte {} that thread {} of block {} has touched, with no barrier "
                  "between",
                  is_write ? "writes" : "reads", memory, offset,
                  static_cast<unsigned>(raced.thread), static_cast<unsigned>(raced.block)));
}

}  // namespace

void begin_checks(const void* arguments, std::size_t argument_bytes, std::size_t shared_bytes) {
  State& s = state();
  if (s.program.begin == nullptr) s.program = program_range();
  s.arguments = {static_cast<const std::byte*>(arguments), argument_bytes};
  s.may_share = {shared_memory, shared_bytes};
  s.told.clear();
  if (++s.launch == kLaunches) {
    s.launch = 1;
    s.device.forget();
  }
}

void begin_block() {
  State& s = state();
  if (++s.block == kLaunches) {
    s.block = 1;
    s.shared.forget();
  }
  std::memset(shared_memory, 0xFF, s.may_share.bytes);
}

void end_checks() { state().arguments = {}; }

void touched(const void* address, std::size_t bytes, bool is_write, const void* at) {
  const Thread* const t = Block::thread();
  if (t == nullptr) return;  // the host
  State& s = state();
  if (Range{t->stack, kStack}.holds(address, bytes)) return;
  const Range all_shared{shared_memory, kSharedBytes};
  if (all_shared.holds(address, 1)) {
    if (!s.may_share.holds(address, bytes)) {
      return tell(
          2, at,
          fmt::format("touches byte {} of {} of shared memory",
                      static_cast<const std::byte*>(address) - shared_memory, s.may_share.bytes));
    }
    const auto offset =
        static_cast<std::size_t>(static_cast<const std::byte*>(address) - shared_memory);
    return check_race(s.shared, s.block, offset, bytes, is_write, at, "shared");
  }
  DeviceMemory& device = DeviceMemory::get();
  if (device.is_device(address)) {
    if (!device.holds(address, bytes))
      return tell(3, at, "touches device memory that is not allocated");
    return check_race(s.device, s.launch, device.offset(address), bytes, is_write, at, "device");
  }
  if (!is_write && (s.arguments.holds(address, bytes) || s.program.holds(address, bytes))) return;
  tell(4, at, fmt::format("touches the host's memory at {}", address));
}

void begin_copy(void* to, const void* from, std::size_t bytes, const void* at) {
  touched(to, bytes, true, at);
  if (from != nullptr) touched(from, bytes, false, at);
  std::memset(to, 0xFF, bytes);
  Block::thread()->open.push_back({to, from, bytes});
}

void commit_copies() {
  Thread& t = *Block::thread();
  t.groups.push_back(std::exchange(t.open, {}));
}

void wait_for_copies(std::size_t groups_left, const void* at) {
  Thread& t = *Block::thread();
  while (t.groups.size() > groups_left) {
    for (const Copy& copy : t.groups.front()) {
      touched(copy.to, copy.bytes, true, at);
      if (copy.from != nullptr) {
        std::memcpy(copy.to, copy.from, copy.bytes);
      } else {
        std::memset(copy.to, 0, copy.bytes);
      }
    }
    t.groups.erase(t.groups.begin());
  }
}

}  // namespace vernier::emulation

using vernier::emulation::touched;

extern "C" {

void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit(void*) {}

#define VERNIER_TOUCH(bytes)                                                                  \
  void __tsan_read##bytes(void* p) { touched(p, bytes, false, __builtin_return_address(0)); } \
  void __tsan_write##bytes(void* p) { touched(p, bytes, true, __builtin_return_address(0)); } \
  void __tsan_unaligned_read##bytes(void* p) {                                                \
    touched(p, bytes, false, __builtin_return_address(0));                                    \
  }                                                                                           \
  void __tsan_unaligned_write##bytes(void* p) {                                               \
    touched(p, bytes, true, __builtin_return_address(0));                                     \
  }
VERNIER_TOUCH(1)
VERNIER_TOUCH(2)
VERNIER_TOUCH(4)
VERNIER_TOUCH(8)
VERNIER_TOUCH(16)
#undef VERNIER_TOUCH

void __tsan_read_range(void* p, unsigned long n) {
  touched(p, n, false, __builtin_return_address(0));
}
void __tsan_write_range(void* p, unsigned long n) {
  touched(p, n, true, __builtin_return_address(0));
}
void __tsan_vptr_update(void**, void*) {}
void __tsan_vptr_read(void**) {}
/// Guards of static variables in the host's functions.
char __tsan_atomic8_load(const volatile char* p, int) {
  return __atomic_load_n(p, __ATOMIC_ACQUIRE);
}

}  // extern "C"
