#include "datasets/images/plan/single_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "datasets/images/resample/resize.h"

namespace vernier::images {
namespace {

/// Of one axis: where the crop begins in the resized picture, and where on the black ground.
struct Cut {
  std::uint32_t begin = 0, length = 0, margin = 0;
};

Cut middle(std::uint32_t side, std::uint32_t wanted) {
  if (side >= wanted) return {(side - wanted) / 2, wanted, 0};
  // transformers puts the odd pixel of the margin in front.
  return {0, side, (wanted - side + 1) / 2};
}

/// From a configuration; towers have sides of a few hundred pixels.
constexpr std::uint32_t kMostSide = 8192;

void check_sides(std::uint32_t shortest_edge, Size crop) {
  for (const std::uint32_t side : {shortest_edge, crop.width, crop.height}) {
    if (side >= 1 && side <= kMostSide) continue;
    throw Error(
        ExitCode::kResource,
        fmt::format("size and crop_size must lie between 1 and {}, found {}", kMostSide, side));
  }
}

}  // namespace

Size size_of_shortest_edge(Size size, std::uint32_t shortest_edge) {
  const bool upright = size.width <= size.height;
  const std::uint32_t shorter = upright ? size.width : size.height;
  const std::uint32_t longer = upright ? size.height : size.width;
  // One division of whole numbers, rounded to a double and cut, as in Python.
  const double length =
      static_cast<double>(std::uint64_t{shortest_edge} * longer) / static_cast<double>(shorter);
  if (!(length < static_cast<double>(std::numeric_limits<std::int32_t>::max()))) {
    throw Error(ExitCode::kBadInput,
                fmt::format("a picture of {} x {} pixels is too narrow to resize its short side to "
                            "{}: crop it",
                            size.width, size.height, shortest_edge));
  }
  const auto other = static_cast<std::uint32_t>(length);
  return upright ? Size{shortest_edge, other} : Size{other, shortest_edge};
}

Image centre_view(const Image& image, std::uint32_t shortest_edge, Size crop, Filter filter) {
  check_sides(shortest_edge, crop);
  const Size whole = size_of_shortest_edge(image.size(), shortest_edge);
  const Cut across = middle(whole.width, crop.width), down = middle(whole.height, crop.height);
  Image seen =
      resize_part(image, whole, filter, {across.begin, down.begin, {across.length, down.length}});
  if (seen.size() == crop) return seen;
  return place(seen, crop, across.margin, down.margin, {});
}

Rgb mean_colour(const std::array<double, 3>& mean) {
  const auto channel = [&](std::size_t i) {
    return static_cast<std::uint8_t>(std::clamp(mean[i] * 255, 0.0, 255.0));
  };
  return {channel(0), channel(1), channel(2)};
}

Image padded_square(const Image& image, Rgb ground, std::uint32_t most_side) {
  const std::uint32_t side = std::max(image.width(), image.height());
  if (side > most_side) {
    throw Error(ExitCode::kBadInput,
                fmt::format("a picture of {} x {} pixels is not padded to a square of more than {} "
                            "pixels a side: make it smaller",
                            image.width(), image.height(), most_side));
  }
  return place(image, {side, side}, (side - image.width()) / 2, (side - image.height()) / 2,
               ground);
}

}  // namespace vernier::images
