// NVILA's dynamic-S2: a lone picture as squares of growing size and as a grid of nearly its shape,
// all in tiles; what the tower sees in them is put side by side (scale_merger.h).
#include <algorithm>
#include <utility>

#include "datasets/images/plan/ratio_grid.h"
#include "judges/engine/model/views/views.h"

namespace vernier::engine {
namespace {

class DynamicS2Views final : public Views {
 public:
  DynamicS2Views(const ViewSizes& sizes, TilingConfig tiling, std::unique_ptr<Views> single)
      : sizes_(sizes),
        tiling_(std::move(tiling)),
        options_{tiling_.scales.back() * tiling_.scales.back(), tiling_.most_tiles, sizes.image},
        single_(std::move(single)) {}

  std::vector<images::Image> of(const images::Image& image, bool alone,
                                VisionInput& out) const override {
    if (!alone) return single_->of(image, alone, out);
    std::vector<images::Image> tiles;
    const auto add = [&](const images::RatioGrid& grid) {
      std::vector<images::Image> more = images::grid_tiles(image, grid, sizes_.image);
      std::ranges::move(more, std::back_inserter(tiles));
    };
    for (std::size_t s = 0; s + 1 < tiling_.scales.size(); ++s) {
      add({tiling_.scales[s], tiling_.scales[s]});
    }
    const images::RatioGrid last = images::plan_ratio_grid(image.size(), options_);
    add(last);
    out.rows = last.rows;
    out.columns = last.columns;
    out.sources = sources(
        tiling_.target + 1 == tiling_.scales.size()
            ? last
            : images::RatioGrid{tiling_.scales[tiling_.target], tiling_.scales[tiling_.target]});
    return tiles;
  }

 private:
  /// Tokens come tile by tile and are read row by row of the whole picture.
  std::vector<std::uint32_t> sources(const images::RatioGrid& grid) const {
    const std::uint32_t side = sizes_.tokens;
    std::vector<std::uint32_t> from;
    for (std::uint32_t y = 0; y < grid.rows * side; ++y) {
      for (std::uint32_t x = 0; x < grid.columns * side; ++x) {
        const std::uint32_t tile = y / side * grid.columns + x / side;
        from.push_back((tile * side + y % side) * side + x % side);
      }
    }
    return from;
  }

  ViewSizes sizes_;
  TilingConfig tiling_;
  images::RatioGridOptions options_;
  std::unique_ptr<Views> single_;
};

}  // namespace

std::unique_ptr<Views> dynamic_s2_views(const ViewSizes& sizes, const TilingConfig& tiling,
                                        std::unique_ptr<Views> single) {
  return std::make_unique<DynamicS2Views>(sizes, tiling, std::move(single));
}

}  // namespace vernier::engine
