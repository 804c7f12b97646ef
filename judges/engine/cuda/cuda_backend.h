// The backend that computes on a CUDA device.
#pragma once

#include <memory>

#include "judges/engine/backend/backend.h"

namespace vernier::engine::cuda {

/// On device `number`. `deterministic`: a row's bits depend on that row alone; else products of
/// many rows are left to cuBLASLt where it is there, whose choice depends on their number. Throws
/// Error(kResource) where there is none, or one too old (before Ampere).
std::unique_ptr<Backend> make_cuda_backend(int number, bool deterministic);

}  // namespace vernier::engine::cuda
