// How images are made into pixels for the tower: preprocessor_config.json or processor_config.json.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "datasets/images/resample/filter.h"
#include "judges/engine/config/family.h"
#include "judges/engine/config/images/grid_points.h"
#include "judges/engine/config/json/config_file.h"

namespace vernier::engine {

/// The classes of transformers (their names end in "ImageProcessor", with "Fast" or "Pil" behind).
enum class ImageProcessorKind : std::uint8_t {
  kClip,       ///< CLIP and Llava, which can pad to a square as well: resize, centre crop
  kLlavaNext,  ///< AnyRes tiles
  kSiglip,     ///< squashed to the size
  kIdefics3,   ///< Idefics3 and SmolVLM: tiles and the whole image
};

/// What a resize makes of an image.
struct ResizeTarget {
  enum class Rule : std::uint8_t {
    kShortestEdge,  ///< the shorter side becomes `height`, the ratio is kept
    kLongestEdge,   ///< the longer side becomes `height`, the ratio is kept
    kExact,         ///< height x width
  };
  Rule rule = Rule::kExact;
  std::uint32_t height = 0, width = 0;  ///< equal for the edges
};

struct ImageProcessorConfig {
  ImageProcessorKind kind = ImageProcessorKind::kClip;
  bool resize = true, crop = false, rescale = true, normalise = true, convert_rgb = true;
  bool pad_to_square = false;  ///< Llava: with the mean's colour, before the resize
  bool split = false;          ///< Idefics3: into tiles
  ResizeTarget size;
  std::uint32_t crop_height = 0, crop_width = 0;  ///< CLIP, Llava, LlavaNext
  std::uint32_t tile = 0;                         ///< Idefics3: pixels of a tile's side
  images::Filter filter = images::Filter::kBicubic;
  double rescale_factor = 1.0 / 255;
  std::array<double, 3> mean{}, std{};
  std::vector<GridPoint> grid_pinpoints;  ///< LlavaNext
};

/// `processor`: processor_config.json, whose nested `image_processor` (transformers 5) comes first;
/// `preprocessor`: preprocessor_config.json. Where the file names no class, the family's own is
/// taken. Throws Error(kResource) where neither describes images, for a class that does not go with
/// the family, and for values as in config.json.
ImageProcessorConfig read_image_processor_config(const std::optional<ConfigFile>& processor,
                                                 const std::optional<ConfigFile>& preprocessor,
                                                 Family family);

/// Reads both from a folder.
ImageProcessorConfig load_image_processor_config(const std::string& folder, Family family);

}  // namespace vernier::engine
