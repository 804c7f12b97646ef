#include "judges/engine/model/vision_inputs.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/hash.h"
#include "datasets/images/plan/any_res.h"
#include "datasets/images/plan/single_view.h"
#include "datasets/images/plan/splitting.h"
#include "datasets/images/resample/resize.h"

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
  const std::size_t side = model.vision.side() / model.merge;
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
    : VisionInputs(model.vision, tokens_of_tile(model), std::move(processor)) {}

VisionInputs::VisionInputs(const VisionConfig& tower, std::size_t tokens_of_tile,
                           ImageProcessorConfig processor)
    : processor_(std::move(processor)),
      normaliser_(normalisation_of(processor_)),
      image_(tower.image),
      patch_(tower.patch),
      tokens_of_tile_(tokens_of_tile) {}

images::DecodeOptions VisionInputs::decoding() const {
  images::DecodeOptions options;
  if (processor_.convert_rgb) options.alpha = images::Alpha::kOnWhite;
  return options;
}

std::vector<images::Image> VisionInputs::any_res(const images::Image& image,
                                                 VisionInput& out) const {
  images::AnyResOptions options;
  for (const GridPoint& p : processor_.grid_pinpoints) {
    options.canvases.push_back({p.width, p.height});
  }
  options.tile = image_;
  options.patch = patch_;
  options.filter = processor_.filter;
  const images::AnyResPlan plan = images::plan_any_res(image.size(), options);
  // The whole picture first, then the rows of the grid without its margins, each ended.
  const std::uint32_t side = image_ / patch_;
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
  return images::any_res_tiles(image, plan, options);
}

std::vector<images::Image> VisionInputs::tiles(const images::Image& image, VisionInput& out) const {
  std::vector<images::Image> tiles;
  switch (processor_.kind) {
    case ImageProcessorKind::kLlavaNext:
      return any_res(image, out);
    case ImageProcessorKind::kIdefics3: {
      const images::SplittingOptions options{processor_.size.height, processor_.tile,
                                             processor_.split, processor_.filter};
      const images::SplittingPlan plan = images::plan_splitting(image.size(), options);
      out.rows = plan.rows;
      out.columns = plan.columns;
      return images::split(image, plan, options);
    }
    case ImageProcessorKind::kSiglip: {
      const images::Size size{processor_.size.width, processor_.size.height};
      tiles.push_back(processor_.resize ? images::resize(image, size, processor_.filter) : image);
      return tiles;
    }
    case ImageProcessorKind::kClip:
      break;
  }
  const images::Image* from = &image;
  images::Image squared;
  if (processor_.pad_to_square) {
    squared = images::padded_square(image, images::mean_colour(processor_.mean));
    from = &squared;
  }
  const images::Size crop{processor_.crop_width, processor_.crop_height};
  if (processor_.size.rule == ResizeTarget::Rule::kExact) {
    const images::Size size{processor_.size.width, processor_.size.height};
    tiles.push_back(images::resize(*from, size, processor_.filter));
  } else {
    tiles.push_back(images::centre_view(*from, processor_.size.height, crop, processor_.filter));
  }
  return tiles;
}

std::shared_ptr<const VisionInput> VisionInputs::prepare(const images::Image& image) const {
  auto out = std::make_shared<VisionInput>();
  const std::vector<images::Image> tiles = this->tiles(image, *out);
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
