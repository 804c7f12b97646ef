// The backend that computes on the processor.
#pragma once

#include <memory>

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

/// `threads` > 0. Weights stay where they are (memory-mapped files) unless they need conversion or
/// lie at odd addresses.
std::unique_ptr<Backend> make_cpu_backend(unsigned threads);

}  // namespace vernier::engine
