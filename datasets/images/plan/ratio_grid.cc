#include "datasets/images/plan/ratio_grid.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "datasets/images/resample/resize.h"

namespace vernier::images {
namespace {

constexpr std::uint64_t kMostPixels = 1 << 26;

}  // namespace

RatioGrid plan_ratio_grid(Size size, const RatioGridOptions& options) {
  if (options.least == 0 || options.least > options.most || options.tile == 0 ||
      std::uint64_t{options.tile} * options.tile > kMostPixels / options.most) {
    throw Error(
        ExitCode::kResource,
        fmt::format("grids of {} to {} tiles of {} x {} pixels: expected at least one tile, "
                    "and at most {} pixels",
                    options.least, options.most, options.tile, options.tile, kMostPixels));
  }
  const double ratio = static_cast<double>(size.width) / size.height;
  const double pixels = static_cast<double>(size.pixels());
  RatioGrid best;
  double least = std::numeric_limits<double>::infinity();
  // By area, as the reference goes through them. Grids of one area are never equally near to a
  // picture that no other grid is nearer to, in the ranges that models have.
  for (std::uint32_t area = options.least; area <= options.most; ++area) {
    for (std::uint32_t columns = 1; columns <= area; ++columns) {
      if (area % columns != 0) continue;
      const RatioGrid grid{columns, area / columns};
      const double off = std::abs(ratio - static_cast<double>(grid.columns) / grid.rows);
      const double tiles = static_cast<double>(options.tile) * options.tile * area;
      if (off < least || (off == least && pixels > 0.5 * tiles)) {
        least = off;
        best = grid;
      }
    }
  }
  return best;
}

std::vector<Image> grid_tiles(const Image& image, const RatioGrid& grid, std::uint32_t tile) {
  const Image whole = resize(image, {grid.columns * tile, grid.rows * tile}, Filter::kBicubic);
  std::vector<Image> tiles;
  tiles.reserve(std::size_t{grid.rows} * grid.columns);
  for (std::uint32_t row = 0; row < grid.rows; ++row) {
    for (std::uint32_t column = 0; column < grid.columns; ++column) {
      tiles.push_back(crop(whole, {column * tile, row * tile, {tile, tile}}));
    }
  }
  return tiles;
}

}  // namespace vernier::images
