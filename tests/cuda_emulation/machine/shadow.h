// The race check: who wrote and who read each byte last, and which barriers lie between.
//
// Two touches of a byte by different threads, one of them a write, are a race unless a block
// barrier, or for threads of one warp a warp barrier, lies between; threads of different blocks
// have none. What runs first here does not matter: the check is about barriers, not about luck.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <new>

namespace vernier::emulation {

/// Who else has read a byte since it was last ordered.
enum Readers : std::uint64_t { kOne, kOfOneWarp, kOfOneBlock, kOfSeveralBlocks };

/// When a byte was touched, and by whom, in 64 bits. All zeros: never.
struct Stamp {
  std::uint64_t launch : 8 = 0;
  std::uint64_t block : 20 = 0;
  std::uint64_t thread : 10 = 0;
  std::uint64_t barriers : 13 = 0;    ///< of the block, that the thread had passed
  std::uint64_t warp_syncs : 11 = 0;  ///< of its warp
  std::uint64_t readers : 2 = kOne;
};
static_assert(sizeof(Stamp) == 8);

inline constexpr std::uint64_t kLaunches = 255, kBlocks = std::uint64_t{1} << 20;
inline constexpr std::uint64_t kBarriers = 1U << 13, kWarpSyncs = 1U << 11;

struct ByteHistory {
  Stamp write, read;
};

/// Does nothing order the touch `then` (and those that its `readers` stand for) before `now`?
inline bool conflict(const Stamp& then, const Stamp& now) {
  if (then.launch != now.launch) return false;
  if (then.block != now.block || then.readers == kOfSeveralBlocks) return true;
  if (now.barriers > then.barriers) return false;
  if (then.readers == kOfOneBlock || then.thread / 32 != now.thread / 32) return true;
  if (now.warp_syncs > then.warp_syncs) return false;
  return then.readers == kOfOneWarp || then.thread != now.thread;
}

/// `now`, a read after the reads `then`, standing for all of them.
inline Stamp joined(const Stamp& then, Stamp now) {
  if (then.launch != now.launch) return now;
  if (then.block != now.block || then.readers == kOfSeveralBlocks) {
    now.readers = kOfSeveralBlocks;
  } else if (now.barriers > then.barriers) {
    return now;
  } else if (then.thread / 32 != now.thread / 32 || then.readers == kOfOneBlock) {
    now.readers = kOfOneBlock;
  } else if (now.warp_syncs > then.warp_syncs) {
    return now;
  } else if (then.thread != now.thread || then.readers == kOfOneWarp) {
    now.warp_syncs = then.warp_syncs;
    now.readers = kOfOneWarp;
  }
  return now;
}

/// Histories of a range of bytes; memory for them comes as it is touched.
class Shadow {
 public:
  explicit Shadow(std::size_t bytes) : bytes_(bytes * sizeof(ByteHistory)) {
    void* const range = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) throw std::bad_alloc();
    histories_ = static_cast<ByteHistory*>(range);
  }
  ~Shadow() { ::munmap(histories_, bytes_); }
  Shadow(const Shadow&) = delete;
  Shadow& operator=(const Shadow&) = delete;

  void forget() { ::madvise(histories_, bytes_, MADV_DONTNEED); }

  /// The earlier touch that races with this one; launch 0: none does.
  Stamp touch(std::size_t offset, std::size_t bytes, bool is_write, const Stamp& now) {
    Stamp raced;
    for (ByteHistory* h = histories_ + offset; h != histories_ + offset + bytes; ++h) {
      if (conflict(h->write, now)) raced = h->write;
      if (is_write) {
        if (conflict(h->read, now)) raced = h->read;
        h->write = now;
        continue;
      }
      h->read = joined(h->read, now);
    }
    return raced;
  }

 private:
  std::size_t bytes_;
  ByteHistory* histories_ = nullptr;
};

}  // namespace vernier::emulation
