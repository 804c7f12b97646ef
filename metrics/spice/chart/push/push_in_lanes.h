// What push_*.cc compile, each for its kind of processor. Nothing of the standard library: an
// inline function compiled for a new processor must not be what the linker gives to all.
#pragma once

#include "metrics/spice/chart/push/push.h"

namespace vernier::spice {
namespace {

typedef float Ends __attribute__((vector_size(4 * kEnds), aligned(4)));

inline Ends load(const float* p) { return *reinterpret_cast<const Ends*>(p); }
inline void store(float* p, Ends v) { *reinterpret_cast<Ends*>(p) = v; }

constexpr float kNowhere = -__builtin_inff();

/// Of rows with so many ends that only `row` has, and behind them; 0: any number.
template <std::size_t ends_before, std::size_t ends_behind>
inline void run_steps(RowView& row, const PushStep* steps, std::size_t count,
                      const RowView& right) {
  // Copies, which no store below can change as far as the compiler sees.
  float* const scores = row.scores;
  const float* const rights = right.scores;
  std::uint16_t* const slot_of = row.slot_of;
  std::uint16_t* const state_of = row.state_of;
  std::size_t slots = row.slots;
  const std::size_t behind = ends_behind != 0 ? ends_behind : right.stride;
  const std::size_t before = ends_behind != 0 ? ends_before : row.stride - behind;
  const std::size_t stride = before + behind;
  for (const PushStep* step = steps; step < steps + count; ++step) {
    __builtin_prefetch(rights + step[kStepsAhead].right * behind);
    __builtin_prefetch(slot_of + step[kStepsAhead].parent);
    std::size_t slot = slot_of[step->parent];
    const bool fresh = slot == 0;  // three times of four it is not, without any pattern
    slot = fresh ? slots : slot;
    slots += fresh;
    slot_of[step->parent] = static_cast<std::uint16_t>(slot);
    state_of[slot] = step->parent;
    float* const to = scores + slot * stride;
    const float* const from = rights + step->right * behind;
    const Ends score = step->score - Ends{};
    const Ends nowhere = kNowhere - Ends{};
    for (std::size_t end = 0; end < before; end += kEnds) {
      store(to + end, fresh ? nowhere : load(to + end));
    }
    for (std::size_t end = 0; end < behind; end += kEnds) {
      const Ends old = fresh ? nowhere : load(to + before + end);
      const Ends better = score + load(from + end);
      store(to + before + end, better > old ? better : old);
    }
  }
  row.slots = slots;
}

inline void run_all_steps(RowView& row, const PushStep* steps, std::size_t count,
                          const RowView& right) {
  if (row.stride == kEnds) {
    run_steps<0, kEnds>(row, steps, count, right);
  } else if (row.stride == 2 * kEnds && right.stride == kEnds) {
    run_steps<kEnds, kEnds>(row, steps, count, right);
  } else {
    run_steps<0, 0>(row, steps, count, right);
  }
}

}  // namespace
}  // namespace vernier::spice
