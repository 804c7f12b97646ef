#include "tests/cuda_emulation/machine/block.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>
#include <utility>

namespace vernier::emulation {

Block::Block(Index size, Index grid, Order order)
    : size_(size),
      grid_(grid),
      order_(order),
      threads_(std::size_t{size.x} * size.y * size.z),
      warps_((threads_.size() + 31) / 32) {
  stacks_ = std::make_unique_for_overwrite<std::byte[]>(threads_.size() * kStack);
}

void Block::pause(Wait wait) {
  Thread* const self = thread();
  self->wait = wait;
  thread() = nullptr;
  self->scheduler = std::move(self->scheduler).resume();
  thread() = self;
}

bool Block::resume(Thread& t) {
  if (t.wait != Wait::kNone) return false;
  t.fiber = std::move(t.fiber).resume();
  return true;
}

bool Block::run(Index index, const Call& call) {
  index_ = index;
  current() = this;
  at_barrier_ = 0;
  for (Warp& warp : warps_) {
    warp.arrived = 0;
    warp.waiting.clear();
  }
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    Thread& t = threads_[i];
    t = Thread{};
    t.number = static_cast<unsigned>(i);
    t.index = {t.number % size_.x, t.number / size_.x % size_.y, t.number / size_.x / size_.y};
    t.stack = &stacks_[i * kStack];
    boost::context::stack_context context;
    context.size = kStack;
    context.sp = &stacks_[i * kStack] + kStack;
    t.fiber = boost::context::fiber(std::allocator_arg,
                                    boost::context::preallocated(context.sp, kStack, context),
                                    Stack{context}, [&t, &call](boost::context::fiber&& scheduler) {
                                      t.scheduler = std::move(scheduler);
                                      thread() = &t;
                                      call.invoke(call.bytes);
                                      thread() = nullptr;
                                      t.wait = Wait::kDone;
                                      return std::move(t.scheduler);
                                    });
  }
  std::vector<std::size_t> turns(threads_.size());
  std::iota(turns.begin(), turns.end(), std::size_t{0});
  if (order_ == Order::kBackwards) std::ranges::reverse(turns);
  std::mt19937 random(static_cast<unsigned>(number()));
  std::size_t running = threads_.size();
  while (running > 0) {
    if (order_ == Order::kShuffled) std::ranges::shuffle(turns, random);
    bool moved = false;
    for (const std::size_t i : turns) moved |= resume(threads_[i]);
    running = static_cast<std::size_t>(
        std::ranges::count_if(threads_, [](const Thread& t) { return t.wait != Wait::kDone; }));
    if (!moved && running > 0) {
      report_deadlock();
      break;
    }
  }
  for (Thread& t : threads_) t.fiber = {};  // a stuck one is unwound
  current() = nullptr;
  return running == 0;
}

void Block::report_deadlock() {
  std::size_t block = 0, warp = 0, done = 0;
  const char* name = "";
  for (const Thread& t : threads_) {
    block += t.wait == Wait::kBlock;
    warp += t.wait == Wait::kWarp;
    done += t.wait == Wait::kDone;
    if (t.wait == Wait::kWarp) name = warps_[t.warp()].name;
  }
  Failures::add(
      fmt::format("block {}: {} threads wait at a barrier of the block, {} at {}; {} have ended",
                  number(), block, warp, warp > 0 ? name : "one of a warp", done));
}

void Block::barrier() {
  Thread* const self = thread();
  if (++at_barrier_ < threads_.size()) {
    pause(Wait::kBlock);
  } else {
    at_barrier_ = 0;
    for (Thread& t : threads_) {
      if (t.wait == Wait::kBlock) t.wait = Wait::kNone;
    }
  }
  if (++self->barriers == kBarriers) Failures::add("more barriers than the race check can count");
}

void Block::warp_barrier(std::uint32_t mask) {
  exchange("__syncwarp", mask, nullptr, 0);
  if (++thread()->warp_syncs == kWarpSyncs) {
    Failures::add("more warp barriers than the race check can count");
  }
}

const Slot* Block::exchange(const char* name, std::uint32_t mask, const void* bytes,
                            std::size_t size, void (*complete)(Slot* slots)) {
  Thread* const self = thread();
  Warp& warp = warps_[self->warp()];
  const std::uint32_t bit = 1U << self->lane();
  if (warp.arrived == 0) {
    warp.name = name;
    warp.mask = mask;
  } else if (warp.mask != mask || std::strcmp(warp.name, name) != 0) {
    Failures::add(
        fmt::format("warp {} of block {}: lane {} is at {} with mask {:08x}, others are at {} "
                    "with mask {:08x}",
                    self->warp(), number(), self->lane(), name, mask, warp.name, warp.mask));
  }
  if ((mask & bit) == 0) {
    Failures::add(
        fmt::format("{}: lane {} is not in its own mask {:08x}", name, self->lane(), mask));
  }
  // A lane may be one meeting ahead of another that still reads, and no more.
  Slot* const slots = warp.slots[warp.generation % 2];
  if (size > 0) std::memcpy(slots[self->lane()], bytes, size);
  warp.arrived |= bit;
  if (warp.arrived != warp.mask) {
    warp.waiting.push_back(self);
    pause(Wait::kWarp);
  } else {
    if (complete != nullptr) complete(slots);
    warp.arrived = 0;
    ++warp.generation;
    for (Thread* t : warp.waiting) t->wait = Wait::kNone;
    warp.waiting.clear();
  }
  return slots;
}

}  // namespace vernier::emulation
