// From a picture to what a model's vision tower reads.
#pragma once

#include <memory>

#include "datasets/images/decode/decode.h"
#include "datasets/images/image.h"
#include "datasets/images/pixels/normaliser.h"
#include "judges/engine/config/images/image_processor_config.h"
#include "judges/engine/config/model_config.h"
#include "judges/engine/serve/prompt.h"

namespace vernier::engine {

class VisionInputs {
 public:
  VisionInputs(const ModelConfig& model, ImageProcessorConfig processor);
  /// For a tower of whose features each tile gives so many tokens.
  VisionInputs(const VisionConfig& tower, std::size_t tokens_of_tile,
               ImageProcessorConfig processor);

  /// The pixels are those of transformers' processor (backend "pil"), bit for bit. Throws
  /// Error(kBadInput) for pictures of impossible shapes and Error(kResource) where the processor's
  /// sizes are not those of the tower.
  std::shared_ptr<const VisionInput> prepare(const images::Image& image) const;

  /// Alpha and EXIF as the processor treats them.
  images::DecodeOptions decoding() const;

 private:
  std::vector<images::Image> tiles(const images::Image& image, VisionInput& out) const;
  std::vector<images::Image> any_res(const images::Image& image, VisionInput& out) const;

  ImageProcessorConfig processor_;
  images::Normaliser normaliser_;
  std::uint32_t image_, patch_;  ///< of the tower
  std::size_t tokens_of_tile_;
};

}  // namespace vernier::engine
