// Dynamic-S2 (NVILA, arXiv 2412.04468): features of a picture at several scales, side by side.
//
// At every scale but the last the picture is a square of tiles, at the last one a grid of nearly
// its shape. The features of a scale's tiles make one map; all maps are brought to the size of one
// of them (area: a place has the mean of what it covers), and their channels put side by side.
#pragma once

#include <cstddef>
#include <vector>

#include "judges/engine/backend/backend.h"

namespace vernier::engine {

/// A grid of tiles.
struct TileGrid {
  std::size_t rows = 1, columns = 1;
  std::size_t tiles() const { return rows * columns; }
};

class ScaleMerger {
 public:
  /// `side`: features of a tile's side; `scales`: tiles of a side at each scale, ascending from 1;
  /// `target`: the scale whose size the maps get.
  ScaleMerger(Backend& backend, std::size_t side, std::vector<std::size_t> scales,
              std::size_t target);

  std::size_t scales() const { return scales_.size(); }
  /// What comes out, for a picture whose last scale is that grid.
  TileGrid target(TileGrid last) const;

  /// features [tiles * side * side, C], scale by scale, tiles row by row -> out [target tiles *
  /// side
  /// * side, scales * C], tile by tile. On the host.
  void run(Rows features, TileGrid last, Rows out) const;
  /// Of a picture that was seen in one tile: its features, once for each scale.
  void repeat(Rows features, Rows out) const;

 private:
  Backend& backend_;
  std::size_t side_;
  std::vector<std::size_t> scales_;
  std::size_t target_;
};

}  // namespace vernier::engine
