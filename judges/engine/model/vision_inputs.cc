#include "judges/engine/model/vision_inputs.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/hash.h"

namespace vernier::engine {
namespace {

images::Normalisation normalisation_of(const ImageProcessorConfig& processor) {
  images::Normalisation out{processor.mean, processor.std, processor.rescale_factor};
  if (!processor.rescale) out.rescale_factor = 1;
  if (!processor.normalise) {
    out.mean = {0, 0, 0};
    out.deviation = {1, 1, 1};
  }
  return out;
}

/// Tokens of the tower's features that the projector makes of a tile.
std::size_t tokens_of_tile(const ModelConfig& model) {
  const std::size_t side = model.projector.tokens(model.vision.side());
  const std::size_t first = model.vision.has_class_token() ? 1 : 0;
  return side * side + first - (model.drop_first_token ? 1 : 0);
}

std::uint64_t hash_of(const VisionInput& input) {
  const auto bytes = [](const auto& numbers) {
    return std::string_view(reinterpret_cast<const char*>(numbers.data()),
                            numbers.size() * sizeof(numbers[0]));
  };
  const std::uint64_t grid = mix(input.rows + 1, input.columns + 0x9E3779B97F4A7C15U);
  return mix(hash_bytes(bytes(input.pixels)) ^ grid, hash_bytes(bytes(input.sources)) | 1);
}

}  // namespace

VisionInputs::VisionInputs(const ModelConfig& model, ImageProcessorConfig processor)
    : VisionInputs(
          {model.vision.image, model.vision.patch, model.projector.tokens(model.vision.side())},
          tokens_of_tile(model), model.tiling, std::move(processor)) {}

VisionInputs::VisionInputs(const VisionConfig& tower, ImageProcessorConfig processor)
    : VisionInputs({tower.image, tower.patch, 1}, 1, {}, std::move(processor)) {}

VisionInputs::VisionInputs(const ViewSizes& sizes, std::size_t tokens_of_tile,
                           const TilingConfig& tiling, ImageProcessorConfig processor)
    : processor_(std::move(processor)),
      normaliser_(normalisation_of(processor_)),
      views_(make_views(sizes, tiling, processor_)),
      image_(sizes.image),
      tokens_of_tile_(tokens_of_tile) {}

images::DecodeOptions VisionInputs::decoding() const {
  images::DecodeOptions options;
  if (processor_.convert_rgb) options.alpha = images::Alpha::kOnWhite;
  return options;
}

std::shared_ptr<const VisionInput> VisionInputs::prepare(const images::Image& image,
                                                         bool alone) const {
  auto out = std::make_shared<VisionInput>();
  const std::vector<images::Image> tiles = views_->of(image, alone, *out);
  const std::size_t numbers = std::size_t{3} * image_ * image_;
  out->tiles = tiles.size();
  out->pixels.resize(tiles.size() * numbers);
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    if (tiles[i].size() != images::Size{image_, image_}) {
      throw Error(ExitCode::kResource,
                  fmt::format("the image processor makes {} x {} pixels, the vision tower reads {} "
                              "x {}: size and crop_size of preprocessor_config.json do not fit "
                              "image_size of config.json",
                              tiles[i].width(), tiles[i].height(), image_, image_));
    }
    normaliser_.write(tiles[i], std::span(out->pixels).subspan(i * numbers, numbers));
  }
  out->tokens = out->sources.empty() ? tiles.size() * tokens_of_tile_ : out->sources.size();
  out->hash = hash_of(*out);
  return out;
}

}  // namespace vernier::engine
