#if defined(__x86_64__)

#include "metrics/spice/chart/push/push_in_lanes.h"

namespace vernier::spice {

void run_steps_avx512(RowView& row, const PushStep* steps, std::size_t count,
                      const RowView& right) {
  run_all_steps(row, steps, count, right);
}

}  // namespace vernier::spice

#endif
