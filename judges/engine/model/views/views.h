// How a picture is shown to a vision tower: whole or in tiles. One class a way.
#pragma once

#include <memory>
#include <vector>

#include "datasets/images/image.h"
#include "judges/engine/config/images/image_processor_config.h"
#include "judges/engine/config/images/tiling_config.h"
#include "judges/engine/serve/prompt.h"

namespace vernier::engine {

class Views {
 public:
  virtual ~Views() = default;

  /// What the tower is to see, in its order. Fills in what prompt and packing need to know of
  /// `out`: rows and columns, sources, parts, lines. `alone`: the prompt has no other picture.
  virtual std::vector<images::Image> of(const images::Image& image, bool alone,
                                        VisionInput& out) const = 0;
};

/// Sizes that are the same for every picture.
struct ViewSizes {
  std::uint32_t image = 0, patch = 0;  ///< pixels of a side, of the tower and of its patches
  std::uint32_t tokens = 0;            ///< of a side of a tile, behind the projector
};

std::unique_ptr<Views> make_views(const ViewSizes& sizes, const TilingConfig& tiling,
                                  const ImageProcessorConfig& processor);

/// What make_views() chooses from.
std::unique_ptr<Views> single_view(const TilingConfig& tiling,
                                   const ImageProcessorConfig& processor);
std::unique_ptr<Views> any_res_views(const ViewSizes& sizes, const ImageProcessorConfig& processor);
std::unique_ptr<Views> splitting_views(const ImageProcessorConfig& processor);
/// `single`: of pictures that are not alone.
std::unique_ptr<Views> ratio_grid_views(const ViewSizes& sizes, const TilingConfig& tiling,
                                        std::unique_ptr<Views> single);
std::unique_ptr<Views> dynamic_s2_views(const ViewSizes& sizes, const TilingConfig& tiling,
                                        std::unique_ptr<Views> single);

}  // namespace vernier::engine
