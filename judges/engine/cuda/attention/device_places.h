// A sequence's rows as the device knows them.
#pragma once

#include <cstdint>

#include "judges/engine/backend/pages.h"

namespace vernier::engine::cuda {

/// A Stretch; `first_page` among the pages of all.
struct DeviceStretch {
  std::uint32_t first_row, rows, position, first_page;
};

}  // namespace vernier::engine::cuda
