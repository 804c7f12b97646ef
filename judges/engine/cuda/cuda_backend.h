// The backend that computes on a CUDA device.
#pragma once

#include <memory>

#include "judges/engine/backend/backend.h"

namespace vernier::engine::cuda {

/// On device `number`. Throws Error(kResource) where there is none, or one too old (before Ampere).
std::unique_ptr<Backend> make_cuda_backend(int number);

}  // namespace vernier::engine::cuda
