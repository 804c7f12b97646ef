// Attention over keys and values in pages (backend/pages.h), in 16 or 32 bits.
//
// Scores, their largest and the sums of a query go through its tokens page by page, in the same
// steps whatever else is computed: a row's bits depend on that row alone (Dao et al. 2022,
// FlashAttention, without splitting).
#pragma once

#include <cuda_runtime.h>

#include <cstdint>

#include "judges/engine/backend/tensor.h"
#include "judges/engine/cuda/attention/units/unit_plan.h"
#include "judges/engine/cuda/kernels/copy16.h"

namespace vernier::engine::cuda {

/// What of a page is looked at.
struct PagePart {
  DType type = DType::kF16;                       ///< of its numbers
  std::size_t keys = 0, values = 0;               ///< where the layer's begin, in numbers
  std::uint32_t heads = 0, size = 0, padded = 0;  ///< of keys and values (PageLayout)
};

/// Where the rows of a pass stand; all on the device.
struct DevicePlaces {
  const DeviceStretch* stretches = nullptr;
  const std::uint32_t* stretch_of_row = nullptr;  ///< [rows]
  const void* const* pages = nullptr;             ///< of all stretches, one after the other
  std::uint32_t rows = 0, stretch_count = 0;
  std::uint32_t most_rows = 0;  ///< of a stretch

  /// Those of the stretches that `units` leaves out.
  const DeviceStretch* tall = nullptr;
  std::uint32_t tall_count = 0;
  DeviceUnits units;
};

/// Keys and values [R, heads * size] of the rows go into the pages.
void store(cudaStream_t stream, const DevicePlaces& places, const PagePart& part, Rows k, Rows v);

/// rotate() of q [R, heads * size] and k, then store(): one kernel. cos, sin [R, size / 2].
void rotate_and_store(cudaStream_t stream, const DevicePlaces& places, const PagePart& part, Rows q,
                      std::size_t heads, Rows k, Rows v, const float* cos, const float* sin);

/// q, out [R, heads * size], heads a multiple of the pages'. causal: a row sees its sequence's
/// tokens up to itself; else all tokens of its stretch. Throws Error(kResource) for heads of more
/// than 128 numbers (16 bits) or 256 (32 bits).
/// `parts`: memory for places.units.
void attend(cudaStream_t stream, const DevicePlaces& places, const PagePart& part, Rows q,
            std::size_t heads, bool causal, Rows out, Copy16 copy, float* parts);

}  // namespace vernier::engine::cuda
