// NVILA-Lite's dynamic tiles: of a lone picture the tiles of a grid, then all of it, if the grid
// has more than one; every one of them stands on a line of the prompt.
#include "datasets/images/plan/ratio_grid.h"

#include <utility>

#include "datasets/images/resample/resize.h"
#include "judges/engine/model/views/views.h"

namespace vernier::engine {
namespace {

class RatioGridViews final : public Views {
 public:
  RatioGridViews(const ViewSizes& sizes, const TilingConfig& tiling, std::unique_ptr<Views> single)
      : options_{tiling.least_tiles, tiling.most_tiles, sizes.image}, single_(std::move(single)) {}

  std::vector<images::Image> of(const images::Image& image, bool alone,
                                VisionInput& out) const override {
    if (!alone) return single_->of(image, alone, out);
    const images::RatioGrid grid = images::plan_ratio_grid(image.size(), options_);
    std::vector<images::Image> tiles = images::grid_tiles(image, grid, options_.tile);
    if (tiles.size() > 1) {
      tiles.push_back(
          images::resize(image, {options_.tile, options_.tile}, images::Filter::kBicubic));
    }
    out.parts = tiles.size();
    out.lines = true;
    return tiles;
  }

 private:
  images::RatioGridOptions options_;
  std::unique_ptr<Views> single_;
};

}  // namespace

std::unique_ptr<Views> ratio_grid_views(const ViewSizes& sizes, const TilingConfig& tiling,
                                        std::unique_ptr<Views> single) {
  return std::make_unique<RatioGridViews>(sizes, tiling, std::move(single));
}

}  // namespace vernier::engine
