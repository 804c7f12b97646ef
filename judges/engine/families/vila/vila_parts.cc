#include "judges/engine/families/vila/vila_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "judges/engine/config/limits.h"
#include "judges/engine/families/read_parts.h"

namespace vernier::engine {
namespace {

using Rule = TilingConfig::Rule;

constexpr std::string_view kScales = "s2_scales";

Rule read_rule(const ConfigObject& top) {
  constexpr std::string_view kKey = "image_aspect_ratio";
  const auto name = top.text(kKey);
  if (!name) return Rule::kProcessor;
  if (*name == "resize") return Rule::kSquash;
  if (*name == "pad") return Rule::kPad;
  if (*name == "dynamic") return Rule::kRatioGrid;
  if (*name == "dynamic_s2") return Rule::kDynamicS2;
  top.refuse(kKey, "resize, pad, dynamic or dynamic_s2");
}

/// Pixels: "448,896,1344", or a list.
std::vector<std::int64_t> read_pixels(const ConfigObject& top) {
  constexpr std::string_view kExpected = "sizes in pixels, as \"448,896,1344\"";
  if (!top.is_text(kScales)) {
    const auto list = top.wholes(kScales, limits::kPixels, limits::kScales);
    if (!list || list->empty()) top.refuse(kScales, kExpected);
    return *list;
  }
  std::vector<std::int64_t> pixels;
  const std::string text = *top.text(kScales);
  for (const char *at = text.data(), *end = at + text.size();;) {
    while (at != end && *at == ' ') ++at;
    std::int64_t number = 0;
    const auto [rest, error] = std::from_chars(at, end, number);
    if (error != std::errc() || number < limits::kPixels.least || number > limits::kPixels.most ||
        pixels.size() == limits::kScales || (rest != end && *rest != ',')) {
      top.refuse(kScales, kExpected);
    }
    pixels.push_back(number);
    if (rest == end) return pixels;
    at = rest + 1;
  }
}

/// As tiles of a side.
std::vector<std::uint32_t> read_scales(const ConfigObject& top, std::uint32_t image) {
  std::vector<std::int64_t> pixels = read_pixels(top);
  std::ranges::sort(pixels);
  std::vector<std::uint32_t> scales;
  for (const std::int64_t one : pixels) {
    const bool first = scales.empty();
    if (one % image != 0 || (first && one != image)) {
      top.refuse(kScales, fmt::format("image_size {} of the tower, and multiples of it", image));
    }
    scales.push_back(static_cast<std::uint32_t>(one / image));
  }
  return scales;
}

std::uint32_t read_target(const ConfigObject& top, std::size_t scales) {
  const auto count = static_cast<std::int64_t>(scales);
  const std::int64_t target =
      top.whole("s2_resize_output_to_scale_idx", Range{-count, count - 1}).value_or(0);
  return static_cast<std::uint32_t>(target < 0 ? target + count : target);
}

/// mlpNx_gelu: N linear layers; 0 for other names.
std::uint32_t depth_of(std::string_view type) {
  constexpr std::string_view kBefore = "mlp", kBehind = "x_gelu";
  if (!type.starts_with(kBefore) || !type.ends_with(kBehind)) return 0;
  type.remove_prefix(kBefore.size());
  type.remove_suffix(kBehind.size());
  std::uint32_t depth = 0;
  const auto [rest, error] = std::from_chars(type.data(), type.data() + type.size(), depth);
  constexpr std::uint32_t kMost = 16;
  return error == std::errc() && rest == type.data() + type.size() && depth <= kMost ? depth : 0;
}

}  // namespace

TilingConfig read_vila_tiling(const ConfigObject& top, const VisionConfig& tower) {
  TilingConfig tiling;
  tiling.rule = read_rule(top);
  const bool by_rule = tiling.rule == Rule::kDynamicS2;
  if (by_rule && !top.flag("dynamic_s2", true)) {
    top.refuse("dynamic_s2", "true, as image_aspect_ratio is dynamic_s2");
  }
  if (top.flag("dynamic_s2", by_rule)) {
    tiling.scales = read_scales(top, tower.image);
    tiling.target = read_target(top, tiling.scales.size());
  }
  tiling.least_tiles = top.whole("min_tiles", 1, limits::kTiles);
  tiling.most_tiles = top.whole("max_tiles", 12, limits::kTiles);
  const std::uint32_t least =
      by_rule ? tiling.scales.back() * tiling.scales.back() : tiling.least_tiles;
  if (tiling.is_tiled() && tiling.most_tiles < least) {
    top.refuse("max_tiles", fmt::format("at least {}, the tiles of {}", least,
                                        by_rule ? "the largest of s2_scales" : "min_tiles"));
  }
  return tiling;
}

ProjectorConfig read_vila_projector(const ConfigObject& projector, std::uint32_t width,
                                    std::uint32_t text_width) {
  constexpr std::string_view kKey = "mm_projector_type";
  const std::string type = projector.text(kKey).value_or("");
  const ProjectorLayer gelu = activation_layer(Activation::kGelu);
  const auto linear = [&](std::string_view name, std::uint32_t in, std::uint32_t out) {
    return linear_layer(name, in, out, true);
  };
  ProjectorConfig out;
  const std::uint32_t to = text_width;
  if (type == "mlp_downsample" || type == "mlp_downsample_2x2_fix") {
    out.merge = 2;
    out.layers = {norm_layer("1", 4 * width), linear("2", 4 * width, to), gelu,
                  linear("4", to, to)};
  } else if (type == "mlp_downsample_3x3_fix") {
    out.merge = 3;
    out.layers = {norm_layer("1", 9 * width), linear("2", 9 * width, 3 * width), gelu,
                  norm_layer("4", 3 * width), linear("5", 3 * width, to),        gelu,
                  linear("7", to, to)};
  } else if (type == "linear") {
    out.layers = {linear("0", width, to)};
  } else if (type == "identity") {
    if (width != to) {
      projector.refuse(kKey, fmt::format("one that makes {} numbers of {}", to, width));
    }
  } else if (const std::uint32_t depth = depth_of(type); depth > 0) {
    out.layers = {linear("0", width, to)};
    for (std::uint32_t n = 1; n < depth; ++n) {
      out.layers.push_back(gelu);
      out.layers.push_back(linear(std::to_string(2 * n), to, to));
    }
  } else {
    projector.refuse(
        kKey,
        "mlp_downsample, mlp_downsample_2x2_fix, mlp_downsample_3x3_fix, mlp2x_gelu (or "
        "another depth up to 16), linear or identity");
  }
  return out;
}

}  // namespace vernier::engine
