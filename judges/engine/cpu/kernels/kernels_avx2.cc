#if defined(__x86_64__)

#include <cstddef>

#include "judges/engine/cpu/kernels/packed/lanes/avx2.h"

namespace vernier::engine::cpu {
namespace {

// As many sums as there are registers for.
constexpr int kTileRows = 2, kTileColumns = 2;
constexpr int kSingleColumns = 4;  ///< for one input
constexpr int kTileQueries = 4;
constexpr int kScoreColumns = 2;    ///< for so many queries
constexpr int kValueVectors = 1;    ///< the same
constexpr int kPackedTileRows = 4;  ///< inputs by weights of few bits

}  // namespace
}  // namespace vernier::engine::cpu

#include "judges/engine/cpu/kernels/attention_in_lanes.h"
#include "judges/engine/cpu/kernels/packed/products_in_lanes.h"

namespace vernier::engine::cpu {

const Kernels kAvx2Kernels{"avx2",    multiply,   layer_norm,  rms_norm,     gelu,
                           gelu_tanh, quick_gelu, gated_silu,  add,          rotate,
                           unpack,    attend,     log_sum_exp, round_inputs, multiply_packed};

}  // namespace vernier::engine::cpu

#endif
