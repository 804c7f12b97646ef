#include "datasets/images/plan/splitting.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "datasets/images/resample/resize.h"

namespace vernier::images {
namespace {

/// The processors shrink what is longer once more; no published model is.
constexpr std::uint32_t kLongest = 4096;

double ratio(Size size) { return static_cast<double>(size.width) / size.height; }

std::uint32_t up_to_multiple(std::uint32_t side, std::uint32_t tile) {
  return std::max<std::uint32_t>(1, (side + tile - 1) / tile) * tile;
}

std::uint32_t up_to_even(double side) {
  const auto whole = static_cast<std::uint32_t>(side);
  return std::max<std::uint32_t>(1, whole + whole % 2);
}

Size with_longest_edge(Size size, std::uint32_t longest_edge) {
  if (size.width >= size.height) return {longest_edge, up_to_even(longest_edge / ratio(size))};
  return {up_to_even(longest_edge * ratio(size)), longest_edge};
}

Size in_multiples(Size size, std::uint32_t tile) {
  if (size.width >= size.height) {
    const std::uint32_t width = up_to_multiple(size.width, tile);
    return {width, up_to_multiple(static_cast<std::uint32_t>(width / ratio(size)), tile)};
  }
  const std::uint32_t height = up_to_multiple(size.height, tile);
  return {up_to_multiple(static_cast<std::uint32_t>(height * ratio(size)), tile), height};
}

}  // namespace

SplittingPlan plan_splitting(Size size, const SplittingOptions& options) {
  if (options.longest_edge == 0 || options.longest_edge > kLongest || options.tile == 0 ||
      options.tile > kLongest) {
    throw Error(ExitCode::kResource,
                fmt::format("size.longest_edge {} and max_image_size.longest_edge {} must lie "
                            "between 1 and {}",
                            options.longest_edge, options.tile, kLongest));
  }
  SplittingPlan plan;
  plan.first = with_longest_edge(size, options.longest_edge);
  plan.second = {options.tile, options.tile};
  if (!options.split) return plan;
  plan.second = in_multiples(plan.first, options.tile);
  if (plan.second != Size{options.tile, options.tile}) {
    plan.rows = plan.second.height / options.tile;
    plan.columns = plan.second.width / options.tile;
  }
  return plan;
}

std::vector<Image> split(const Image& image, const SplittingPlan& plan,
                         const SplittingOptions& options) {
  const Size tile{options.tile, options.tile};
  const Image whole =
      resize(resize(image, plan.first, options.filter), plan.second, options.filter);
  std::vector<Image> frames;
  frames.reserve(plan.frames());
  for (std::uint32_t row = 0; row < plan.rows; ++row) {
    for (std::uint32_t column = 0; column < plan.columns; ++column) {
      frames.push_back(crop(whole, {column * options.tile, row * options.tile, tile}));
    }
  }
  frames.push_back(resize(whole, tile, options.filter));
  return frames;
}

}  // namespace vernier::images
