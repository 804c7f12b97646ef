#include "metrics/spice/fast/kernels/kernels_in_lanes.h"

namespace vernier::spice {
namespace {

void multiply(const std::int8_t* a, std::size_t rows, std::size_t stride, const PackedMatrix& m,
              std::int32_t* out) {
  for (std::size_t r = 0; r < rows; ++r, a += stride, out += m.columns) {
    const std::int8_t* w = m.entries;
    for (std::size_t c = 0; c < m.columns; c += kLanes) {
      std::int32_t total[kLanes] = {};
      for (std::size_t k = 0; k < m.depth; k += 4, w += 4 * kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          for (std::size_t i = 0; i < 4; ++i) total[lane] += a[k + i] * w[4 * lane + i];
        }
      }
      for (std::size_t lane = 0; lane < kLanes; ++lane) out[c + lane] = total[lane];
    }
  }
}

}  // namespace

const Kernels kPortableKernels = make_kernels("portable", multiply);

}  // namespace vernier::spice
