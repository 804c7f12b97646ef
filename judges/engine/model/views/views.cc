#include "judges/engine/model/views/views.h"

#include <utility>

namespace vernier::engine {

std::unique_ptr<Views> make_views(const ViewSizes& sizes, const TilingConfig& tiling,
                                  const ImageProcessorConfig& processor) {
  using Kind = ImageProcessorKind;
  if (processor.kind == Kind::kLlavaNext) return any_res_views(sizes, processor);
  if (processor.kind == Kind::kIdefics3) return splitting_views(processor);
  std::unique_ptr<Views> single = single_view(tiling, processor);
  if (tiling.rule == TilingConfig::Rule::kRatioGrid) {
    return ratio_grid_views(sizes, tiling, std::move(single));
  }
  if (tiling.rule == TilingConfig::Rule::kDynamicS2) {
    return dynamic_s2_views(sizes, tiling, std::move(single));
  }
  return single;
}

}  // namespace vernier::engine
