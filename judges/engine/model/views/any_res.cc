// LLaVA-NeXT: the whole picture, then tiles, of which the margins are left out again.
#include "datasets/images/plan/any_res.h"

#include "judges/engine/model/views/views.h"

namespace vernier::engine {
namespace {

class AnyResViews final : public Views {
 public:
  AnyResViews(const ViewSizes& sizes, const ImageProcessorConfig& processor) {
    for (const GridPoint& p : processor.grid_pinpoints) {
      options_.canvases.push_back({p.width, p.height});
    }
    options_.tile = sizes.image;
    options_.patch = sizes.patch;
    options_.filter = processor.filter;
  }

  std::vector<images::Image> of(const images::Image& image, bool /*alone*/,
                                VisionInput& out) const override {
    const images::AnyResPlan plan = images::plan_any_res(image.size(), options_);
    // The whole picture first, then the rows of the grid without its margins, each ended.
    const std::uint32_t side = options_.tile / options_.patch;
    for (std::uint32_t i = 0; i < plan.base_tokens; ++i) out.sources.push_back(i);
    const std::uint32_t top = (plan.rows * side - plan.kept_rows) / 2;
    const std::uint32_t left = (plan.columns * side - plan.kept_columns) / 2;
    for (std::uint32_t y = top; y < top + plan.kept_rows; ++y) {
      for (std::uint32_t x = left; x < left + plan.kept_columns; ++x) {
        const std::uint32_t tile = 1 + y / side * plan.columns + x / side;
        out.sources.push_back((tile * side + y % side) * side + x % side);
      }
      out.sources.push_back(VisionInput::kNewline);
    }
    return images::any_res_tiles(image, plan, options_);
  }

 private:
  images::AnyResOptions options_;
};

}  // namespace

std::unique_ptr<Views> any_res_views(const ViewSizes& sizes,
                                     const ImageProcessorConfig& processor) {
  return std::make_unique<AnyResViews>(sizes, processor);
}

}  // namespace vernier::engine
