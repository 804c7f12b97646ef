// Which device the tests of the CUDA backend are for: the emulated one.
#pragma once

#include <string>
#include <vector>

#include "tests/cuda_emulation/machine/failures.h"

namespace vernier::engine {

inline bool device_is_there() { return true; }
/// What its checks have found since the last call.
inline std::vector<std::string> found_by_device() { return emulation::Failures::take(); }

}  // namespace vernier::engine
