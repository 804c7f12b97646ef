// Bounds of the numbers in a config: far above every published model, and so low that no product of
// extents of one tensor overflows 64 bits.
#pragma once

#include "judges/engine/config/json/config_object.h"

namespace vernier::engine::limits {

constexpr Range kWidth{1, 1 << 17};
constexpr Range kMlp{1, 1 << 20};
constexpr Range kLayers{1, 1024};
constexpr Range kHeads{1, 1024};
constexpr Range kVocabulary{1, 1 << 24};
constexpr Range kPositions{1, 1 << 30};
constexpr Range kPixels{1, 1 << 14};
constexpr Range kMerge{1, 16};
constexpr Range kTiles{1, 256};
constexpr Range kToken{0, (1 << 24) - 1};
constexpr std::size_t kFeatureLayers = 16;
constexpr std::size_t kScales = 8;
constexpr std::size_t kGridPoints = 4096;
constexpr std::size_t kEndTokens = 1024;

}  // namespace vernier::engine::limits
