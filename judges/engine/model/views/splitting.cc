// Idefics3 and SmolVLM: tiles, then the whole picture.
#include "datasets/images/plan/splitting.h"

#include "judges/engine/model/views/views.h"

namespace vernier::engine {
namespace {

class SplittingViews final : public Views {
 public:
  explicit SplittingViews(const ImageProcessorConfig& processor)
      : options_{processor.size.height, processor.tile, processor.split, processor.filter} {}

  std::vector<images::Image> of(const images::Image& image, bool /*alone*/,
                                VisionInput& out) const override {
    const images::SplittingPlan plan = images::plan_splitting(image.size(), options_);
    out.rows = plan.rows;
    out.columns = plan.columns;
    return images::split(image, plan, options_);
  }

 private:
  images::SplittingOptions options_;
};

}  // namespace

std::unique_ptr<Views> splitting_views(const ImageProcessorConfig& processor) {
  return std::make_unique<SplittingViews>(processor);
}

}  // namespace vernier::engine
