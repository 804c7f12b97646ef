// Attention for sequences with few new rows: units of keys side by side, then folded together.
#pragma once

#include <cuda_runtime.h>

#include "judges/engine/cuda/attention/look.h"
#include "judges/engine/cuda/attention/units/unit_plan.h"

namespace vernier::engine::cuda {

/// `parts`: part_floats() numbers.
void attend_units(cudaStream_t stream, const Look& look, const DeviceUnits& units, float* parts,
                  Copy16 copy);

}  // namespace vernier::engine::cuda
