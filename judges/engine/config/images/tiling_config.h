// What the tower sees of a picture where config.json says so, and not the image processor's file
// alone: VILA.
#pragma once

#include <cstdint>
#include <vector>

namespace vernier::engine {

struct TilingConfig {
  enum class Rule : std::uint8_t {
    kProcessor,  ///< as the image processor's file says
    kSquash,     ///< all of it, squashed to the size that the file says
    kPad,        ///< in the middle of a square of the mean's colour, then as the file says
    kRatioGrid,  ///< the only picture of a prompt: tiles of a grid of nearly its shape, then all
    kDynamicS2,  ///< the only picture: squares of growing size, then a grid of nearly its shape
  };
  Rule rule = Rule::kProcessor;
  std::uint32_t least_tiles = 1, most_tiles = 12;  ///< of the grid
  /// Tiles of a side at each scale, ascending from 1. A feature is those of all scales side by
  /// side; empty: there is one scale, of one tile.
  std::vector<std::uint32_t> scales;
  std::uint32_t target = 0;  ///< the scale whose places the features have; the last one's: the grid

  bool is_tiled() const { return rule == Rule::kRatioGrid || rule == Rule::kDynamicS2; }
  bool operator==(const TilingConfig&) const = default;
};

}  // namespace vernier::engine
