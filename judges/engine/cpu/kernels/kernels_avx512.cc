#if defined(__x86_64__)

#include <cstddef>

#include "judges/engine/cpu/kernels/packed/lanes/avx512.h"

namespace vernier::engine::cpu {
namespace {

// As many sums as there are registers for.
constexpr int kTileRows = 6, kTileColumns = 4;
constexpr int kSingleColumns = 8;  ///< for one input
constexpr int kTileQueries = 6;
constexpr int kScoreColumns = 4;    ///< for so many queries
constexpr int kValueVectors = 4;    ///< the same
constexpr int kPackedTileRows = 6;  ///< inputs by weights of few bits

}  // namespace
}  // namespace vernier::engine::cpu

#include "judges/engine/cpu/kernels/attention_in_lanes.h"
#include "judges/engine/cpu/kernels/packed/products_in_lanes.h"

namespace vernier::engine::cpu {

const Kernels kAvx512Kernels{"avx512",  multiply,   layer_norm,  rms_norm,     gelu,
                             gelu_tanh, quick_gelu, gated_silu,  add,          rotate,
                             unpack,    attend,     log_sum_exp, round_inputs, multiply_packed};

}  // namespace vernier::engine::cpu

#endif
