// The inner loop of filling a chart, once for each kind of processor.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/cpu/cpu_level.h"

namespace vernier::spice {

/// Ends of spans that one step works on.
inline constexpr std::size_t kEnds = 8;

/// A rule that makes `parent` of a state at hand and another child, which is given by its slot or
/// state.
struct PushRule {
  float score;
  std::uint16_t other, parent;
};

/// A rule with its left child's score added: the first of the two additions of the original. The
/// right child is given by its slot.
struct PushStep {
  float score;
  std::uint16_t right, parent;
};

/// All spans that begin with one word. States have slots in the order in which they came up; slot 0
/// stands for all others. By slot, `stride` scores (a multiple of kEnds), one for each word that a
/// span may end with; absent ones are minus infinity. Rows end with the same word: a shorter one
/// lacks the first ends of a longer one.
struct RowView {
  float* scores;
  std::size_t stride;
  std::uint16_t* slot_of;   ///< by state
  std::uint16_t* state_of;  ///< by slot
  std::size_t slots;        ///< those in use
};

/// Does the steps of one finished span: for each, over all ends behind it at once, the parent gets
/// the better of its own score and step.score + right. Parents that are new get slots, for which
/// there must be room. So many steps more are read, but not done:
inline constexpr std::size_t kStepsAhead = 16;
using RunSteps = void (*)(RowView& row, const PushStep* steps, std::size_t count,
                          const RowView& right);

RunSteps run_steps_of(CpuLevel level);

void run_steps_portable(RowView& row, const PushStep* steps, std::size_t count,
                        const RowView& right);
#if defined(__x86_64__)
void run_steps_avx2(RowView& row, const PushStep* steps, std::size_t count, const RowView& right);
void run_steps_avx512(RowView& row, const PushStep* steps, std::size_t count, const RowView& right);
#endif

}  // namespace vernier::spice
