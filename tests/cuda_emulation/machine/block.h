// A block of threads, each a fibre: one runs until it waits for others, then the next.
#pragma once

#include <boost/context/fiber.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "tests/cuda_emulation/machine/failures.h"
#include "tests/cuda_emulation/machine/shadow.h"

namespace vernier::emulation {

struct Index {
  unsigned x = 0, y = 0, z = 0;
};

/// A copy to shared memory that was asked for and has not arrived.
struct Copy {
  void* to;
  const void* from;  ///< nullptr: zeros
  std::size_t bytes;
};

enum class Wait : std::uint8_t { kNone, kBlock, kWarp, kDone };

class Thread {
 public:
  Index index;
  unsigned number = 0;
  Wait wait = Wait::kNone;
  std::uint32_t barriers = 0, warp_syncs = 0;
  std::vector<Copy> open;                 ///< not committed yet
  std::vector<std::vector<Copy>> groups;  ///< committed, the oldest first
  boost::context::fiber fiber;
  boost::context::fiber scheduler;
  const std::byte* stack = nullptr;

  unsigned lane() const { return number % 32; }
  unsigned warp() const { return number / 32; }
};

inline constexpr std::size_t kStack = std::size_t{128} << 10;

/// What the lanes of a warp give each other.
using Slot = std::byte[64];

/// A kernel with its arguments: invoke(bytes) runs it. Kernels may read these bytes.
struct Call {
  void (*invoke)(const void* bytes) = nullptr;
  const void* bytes = nullptr;
  std::size_t size = 0;
};

/// In which order threads get their turn: results must not depend on it.
enum class Order : std::uint8_t { kForwards, kBackwards, kShuffled };

class Block {
 public:
  Block(Index size, Index grid, Order order);

  /// The thread that runs now; nullptr: the host.
  static Thread*& thread() {
    static Thread* thread = nullptr;
    return thread;
  }
  static Block*& current() {
    static Block* block = nullptr;
    return block;
  }

  /// Runs the call in all threads. False when they wait for each other for ever.
  bool run(Index index, const Call& call);

  void barrier();
  void warp_barrier(std::uint32_t mask);
  /// All lanes of `mask` give up to 64 bytes under the same `name`; what they gave, by lane. Before
  /// anybody reads it, the last of them runs `complete` on it.
  const Slot* exchange(const char* name, std::uint32_t mask, const void* bytes, std::size_t size,
                       void (*complete)(Slot* slots) = nullptr);

  const Index& size() const { return size_; }
  const Index& grid() const { return grid_; }
  const Index& index() const { return index_; }
  std::uint64_t number() const {
    return (std::uint64_t{index_.z} * grid_.y + index_.y) * grid_.x + index_.x;
  }

 private:
  struct Warp {
    const char* name = nullptr;
    std::uint32_t mask = 0, arrived = 0, generation = 0;
    std::vector<Thread*> waiting;
    Slot slots[2][32];
  };
  struct Stack {
    boost::context::stack_context allocate() { return context; }
    void deallocate(boost::context::stack_context&) {}
    boost::context::stack_context context;
  };

  void pause(Wait wait);
  bool resume(Thread& thread);
  void report_deadlock();

  Index size_, grid_, index_;
  Order order_;
  std::unique_ptr<std::byte[]> stacks_;
  std::vector<Thread> threads_;
  std::vector<Warp> warps_;
  std::size_t at_barrier_ = 0;
};

}  // namespace vernier::emulation
