// A grid of square tiles of nearly a picture's shape: InternVL's dynamic tiles, which NVILA takes
// too (arXiv 2404.16821, 2412.04468).
#pragma once

#include <cstdint>
#include <vector>

#include "datasets/images/image.h"

namespace vernier::images {

struct RatioGridOptions {
  std::uint32_t least = 1, most = 12;  ///< tiles
  std::uint32_t tile = 448;            ///< pixels of a side
};

struct RatioGrid {
  std::uint32_t columns = 1, rows = 1;
  bool operator==(const RatioGrid&) const = default;
};

/// The grid of `least` to `most` tiles whose ratio of columns to rows is nearest the picture's; of
/// equally near ones the largest of which the picture's own pixels fill more than half, else the
/// smallest. Throws Error(kResource) when there is no such grid, or it is beyond 64 million pixels.
RatioGrid plan_ratio_grid(Size size, const RatioGridOptions& options);

/// The picture squashed to the grid (bicubic), cut row by row.
std::vector<Image> grid_tiles(const Image& image, const RatioGrid& grid, std::uint32_t tile);

}  // namespace vernier::images
