#include "judges/engine/config/images/grid_points.h"

#include <string_view>

#include "judges/engine/config/limits.h"

namespace vernier::engine {

std::vector<GridPoint> read_grid_points(const ConfigObject& object) {
  constexpr std::string_view kKey = "image_grid_pinpoints";
  const auto pairs = object.pairs(kKey, limits::kPixels, limits::kGridPoints);
  if (!pairs) return {{336, 672}, {672, 336}, {672, 672}, {1008, 336}, {336, 1008}};
  if (pairs->empty()) object.refuse(kKey, "at least one [height, width]");
  std::vector<GridPoint> grid;
  grid.reserve(pairs->size());
  for (const auto& [height, width] : *pairs) {
    grid.push_back({static_cast<std::uint32_t>(height), static_cast<std::uint32_t>(width)});
  }
  return grid;
}

}  // namespace vernier::engine
