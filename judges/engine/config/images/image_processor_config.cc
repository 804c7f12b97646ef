#include "judges/engine/config/images/image_processor_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/config/json/config_object.h"
#include "judges/engine/config/limits.h"
#include "judges/engine/families/profile.h"

namespace vernier::engine {
namespace {

using Kind = ImageProcessorKind;
using Rule = ResizeTarget::Rule;

constexpr std::string_view kTypeKey = "image_processor_type";

std::optional<Kind> kind_named(std::string_view name) {
  for (const std::string_view ending : {"Fast", "Pil"}) {
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  // The name before transformers 4.26.
  for (const std::string_view ending : {"ImageProcessor", "FeatureExtractor"}) {
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  if (name == "CLIP" || name == "Llava") return Kind::kClip;
  if (name == "LlavaNext") return Kind::kLlavaNext;
  if (name == "Siglip") return Kind::kSiglip;
  if (name == "Idefics3" || name == "SmolVLM") return Kind::kIdefics3;
  return std::nullopt;
}

Kind read_kind(const ConfigObject& object, const FamilyProfile& profile) {
  const std::string_view key = object.has(kTypeKey) ? kTypeKey : "feature_extractor_type";
  const auto name = object.text(key);
  if (!name) return profile.processors.front();
  const auto kind = kind_named(*name);
  if (kind && std::ranges::find(profile.processors, *kind) != profile.processors.end()) {
    return *kind;
  }
  object.refuse(key, profile.processor_names);
}

ImageProcessorConfig defaults(Kind kind) {
  ImageProcessorConfig config;
  config.kind = kind;
  if (kind == Kind::kClip || kind == Kind::kLlavaNext) {
    config.crop = true;
    config.size = {Rule::kShortestEdge, 224, 224};
    config.crop_height = config.crop_width = 224;
    config.mean = {0.48145466, 0.4578275, 0.40821073};
    config.std = {0.26862954, 0.26130258, 0.27577711};
    return config;
  }
  config.mean = config.std = {0.5, 0.5, 0.5};
  config.size = {Rule::kExact, 224, 224};
  if (kind == Kind::kIdefics3) {
    config.split = true;
    config.size = {Rule::kLongestEdge, 4 * 364, 4 * 364};
    config.tile = 364;
    config.filter = images::Filter::kLanczos;
  }
  return config;
}

/// A number means the shorter edge, for SigLIP a square.
ResizeTarget read_size(const ConfigObject& object, Kind kind, ResizeTarget absent) {
  constexpr std::string_view kKey = "size";
  if (!object.has(kKey)) return absent;
  if (!object.is_object(kKey)) {
    const std::uint32_t edge = object.whole(kKey, 0, limits::kPixels);
    return {kind == Kind::kSiglip ? Rule::kExact : Rule::kShortestEdge, edge, edge};
  }
  const ConfigObject size = object.object(kKey);
  const auto one = [&](std::string_view key, Rule rule) -> ResizeTarget {
    const std::uint32_t edge = size.whole(key, 0, limits::kPixels);
    return {rule, edge, edge};
  };
  const bool shortest = size.has("shortest_edge"), longest = size.has("longest_edge");
  const bool height = size.has("height"), width = size.has("width");
  ResizeTarget target;
  if (shortest && !longest && !height && !width) {
    target = one("shortest_edge", Rule::kShortestEdge);
  } else if (longest && !shortest && !height && !width) {
    target = one("longest_edge", Rule::kLongestEdge);
  } else if (height && width && !shortest && !longest) {
    target = {Rule::kExact, size.whole("height", 0, limits::kPixels),
              size.whole("width", 0, limits::kPixels)};
  } else {
    object.refuse(kKey, "shortest_edge, longest_edge, or height and width");
  }
  if ((kind == Kind::kIdefics3) != (target.rule == Rule::kLongestEdge)) {
    object.refuse(kKey,
                  kind == Kind::kIdefics3 ? "longest_edge" : "shortest_edge, or height and width");
  }
  return target;
}

void read_crop(const ConfigObject& object, ImageProcessorConfig& config) {
  constexpr std::string_view kKey = "crop_size";
  config.crop = object.flag("do_center_crop", config.crop);
  if (!object.has(kKey)) return;
  if (!object.is_object(kKey)) {
    config.crop_height = config.crop_width = object.whole(kKey, 0, limits::kPixels);
    return;
  }
  const ConfigObject size = object.object(kKey);
  if (!size.has("height") || !size.has("width")) object.refuse(kKey, "height and width");
  config.crop_height = size.whole("height", 0, limits::kPixels);
  config.crop_width = size.whole("width", 0, limits::kPixels);
}

images::Filter read_filter(const ConfigObject& object, images::Filter absent) {
  const auto number = object.whole("resample", {0, 3});
  return number ? static_cast<images::Filter>(*number) : absent;
}

ImageProcessorConfig read(const ConfigObject& object, Family family) {
  const FamilyProfile& profile = profile_of(family);
  const Kind kind = read_kind(object, profile);
  ImageProcessorConfig config = defaults(kind);
  config.resize = object.flag("do_resize", true);
  config.rescale = object.flag("do_rescale", true);
  config.normalise = object.flag("do_normalize", true);
  config.convert_rgb = object.flag("do_convert_rgb", true) && !profile.drops_alpha;
  config.size = read_size(object, kind, config.size);
  config.filter = read_filter(object, config.filter);
  config.rescale_factor = object.positive("rescale_factor", config.rescale_factor);
  config.mean = object.triple("image_mean", config.mean);
  config.std = object.triple("image_std", config.std);
  if (std::ranges::any_of(config.std, [](double std) { return std <= 0; })) {
    object.refuse("image_std", "numbers above 0");
  }
  if (kind == Kind::kClip || kind == Kind::kLlavaNext) read_crop(object, config);
  if (kind == Kind::kClip) config.pad_to_square = object.flag("do_pad", false);
  if (kind == Kind::kLlavaNext) config.grid_pinpoints = read_grid_points(object);
  if (kind == Kind::kIdefics3) {
    config.split = object.flag("do_image_splitting", config.split);
    config.tile =
        object.object("max_image_size").whole("longest_edge", config.tile, limits::kPixels);
  }
  return config;
}

}  // namespace

ImageProcessorConfig read_image_processor_config(const std::optional<ConfigFile>& processor,
                                                 const std::optional<ConfigFile>& preprocessor,
                                                 Family family) {
  if (processor) {
    const ConfigObject nested = ConfigObject(*processor).object("image_processor");
    if (nested.present()) return read(nested, family);
  }
  if (preprocessor) return read(ConfigObject(*preprocessor), family);
  throw Error(
      ExitCode::kResource,
      fmt::format("{}: describes no image processor and there is no preprocessor_config.json",
                  processor ? processor->name() : "processor_config.json"));
}

ImageProcessorConfig load_image_processor_config(const std::string& folder, Family family) {
  std::filesystem::path path(folder);
  if (const auto below = profile_of(family).vision_folder; !below.empty()) path /= below;
  const auto processor = ConfigFile::open_if_there(path / "processor_config.json");
  const auto preprocessor = ConfigFile::open_if_there(path / "preprocessor_config.json");
  if (!processor && !preprocessor) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: holds neither preprocessor_config.json nor processor_config.json; "
                            "download or copy it",
                            printable(path.string())));
  }
  return read_image_processor_config(processor, preprocessor, family);
}

}  // namespace vernier::engine
