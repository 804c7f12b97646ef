// From a picture to what a model's vision tower reads.
#pragma once

#include <memory>

#include "datasets/images/decode/decode.h"
#include "datasets/images/image.h"
#include "datasets/images/pixels/normaliser.h"
#include "judges/engine/config/images/image_processor_config.h"
#include "judges/engine/config/model_config.h"
#include "judges/engine/model/views/views.h"
#include "judges/engine/serve/prompt.h"

namespace vernier::engine {

class VisionInputs {
 public:
  VisionInputs(const ModelConfig& model, ImageProcessorConfig processor);
  /// For a tower of whose features each picture gives one token.
  VisionInputs(const VisionConfig& tower, ImageProcessorConfig processor);

  /// The pixels are those of transformers' processor (backend "pil"), and of VILA's own code, bit
  /// for bit. `alone`: the prompt has no other picture (VILA cuts only such ones in tiles). Throws
  /// Error(kBadInput) for pictures of impossible shapes and Error(kResource) where the processor's
  /// sizes are not those of the tower.
  std::shared_ptr<const VisionInput> prepare(const images::Image& image, bool alone = true) const;

  /// Alpha and EXIF as the processor treats them.
  images::DecodeOptions decoding() const;

 private:
  VisionInputs(const ViewSizes& sizes, std::size_t tokens_of_tile, const TilingConfig& tiling,
               ImageProcessorConfig processor);

  ImageProcessorConfig processor_;
  images::Normaliser normaliser_;
  std::unique_ptr<Views> views_;
  std::uint32_t image_;  ///< pixels of the tower's side
  std::size_t tokens_of_tile_;
};

}  // namespace vernier::engine
