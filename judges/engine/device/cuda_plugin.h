// What the CUDA plugin offers the program: functions found by name.
#pragma once

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

/// Counts the shapes that backend.h had: a plugin of another build is not used.
constexpr int kCudaInterface = 1;

}  // namespace vernier::engine

extern "C" {

int vernier_cuda_interface();
/// A backend of the caller's. Throws vernier::Error.
vernier::engine::Backend* vernier_cuda_open(int number, bool deterministic);
}
