// Which curve weighs the input samples of a resize.
#pragma once

namespace vernier::images {

/// The numbers are those of "resample" in preprocessor_config.json (Pillow's constants).
enum class Filter { kNearest = 0, kLanczos = 1, kBilinear = 2, kBicubic = 3 };

}  // namespace vernier::images
