// The backend of a device; those of devices are plugins, opened when they are asked for.
#pragma once

#include <memory>
#include <string>

#include "judges/engine/backend/backend.h"
#include "judges/engine/device/device.h"

namespace vernier::engine {

/// `threads`: of the processor. Throws Error(kResource) in one line that says what to do where
/// there is no such device, no driver of it, or no plugin in this build.
std::unique_ptr<Backend> open_backend(const Device& device, unsigned threads);

constexpr const char* kCudaPlugin = "vernier_cuda.so";

}  // namespace vernier::engine
