#include "datasets/images/plan/any_res.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/error.h"
#include "datasets/images/resample/resize.h"

namespace vernier::images {
namespace {

/// Published models go up to 2304 x 2304; a configuration must not ask for more memory than there
/// is.
constexpr std::uint64_t kMostPixels = 1 << 26;

void check(const AnyResOptions& options) {
  const auto fits = [&](const Size& canvas) {
    return canvas.pixels() != 0 && canvas.pixels() <= kMostPixels &&
           canvas.width % options.tile == 0 && canvas.height % options.tile == 0;
  };
  if (options.canvases.empty() || options.tile == 0 || options.patch == 0 ||
      options.tile % options.patch != 0 || !std::ranges::all_of(options.canvases, fits)) {
    throw Error(
        ExitCode::kResource,
        fmt::format(
            "image_grid_pinpoints must be one size or more, of at most {} pixels and multiples "
            "of the tile's side {}, and that one of the patch's side {}",
            kMostPixels, options.tile, options.patch));
  }
}

/// The canvas that shows most pixels of the picture, of those the one with least margin, of those
/// the first.
Size choose_canvas(Size size, const std::vector<Size>& canvases) {
  Size best;
  std::uint64_t most = 0, least_waste = std::numeric_limits<std::uint64_t>::max();
  for (const Size& canvas : canvases) {
    const double scale = std::min(static_cast<double>(canvas.width) / size.width,
                                  static_cast<double>(canvas.height) / size.height);
    const auto width = static_cast<std::uint64_t>(size.width * scale);
    const auto height = static_cast<std::uint64_t>(size.height * scale);
    const std::uint64_t shown = std::min(width * height, size.pixels());
    const std::uint64_t waste = canvas.pixels() - shown;
    if (shown > most || (shown == most && waste < least_waste)) {
      most = shown;
      least_waste = waste;
      best = canvas;
    }
  }
  return best;
}

Size size_on_canvas(Size size, Size canvas) {
  const double across = static_cast<double>(canvas.width) / size.width;
  const double down = static_cast<double>(canvas.height) / size.height;
  const auto scaled = [](std::uint32_t side, double scale, std::uint32_t most) {
    return static_cast<std::uint32_t>(std::min<double>(std::ceil(side * scale), most));
  };
  if (across < down) return {canvas.width, scaled(size.height, across, canvas.height)};
  return {scaled(size.width, down, canvas.width), canvas.height};
}

/// Python's int(round(value, 7)): rounded to decimals exactly, then cut.
std::uint32_t whole_of_rounded(double value) {
  return static_cast<std::uint32_t>(std::stoul(fmt::format("{:.7f}", value)));
}

/// Of `grid` patches in the picture's own shape; the margin is cut alike on both sides.
std::uint32_t kept(std::uint32_t grid, std::uint32_t other_grid, std::uint32_t side,
                   std::uint32_t other_side) {
  const double scale = static_cast<double>(other_grid) / other_side;
  const std::uint32_t shown = whole_of_rounded(side * scale);
  return grid - (grid - shown) / 2 * 2;
}

}  // namespace

AnyResPlan plan_any_res(Size size, const AnyResOptions& options) {
  check(options);
  AnyResPlan plan;
  plan.canvas = choose_canvas(size, options.canvases);
  plan.resized = size_on_canvas(size, plan.canvas);
  plan.left = (plan.canvas.width - plan.resized.width) / 2;
  plan.top = (plan.canvas.height - plan.resized.height) / 2;
  plan.rows = plan.canvas.height / options.tile;
  plan.columns = plan.canvas.width / options.tile;
  const std::uint32_t side = options.tile / options.patch;
  const std::uint32_t grid_rows = plan.rows * side, grid_columns = plan.columns * side;
  plan.base_tokens = side * side;
  plan.kept_rows = grid_rows;
  plan.kept_columns = grid_columns;
  if (static_cast<double>(size.width) / size.height >
      static_cast<double>(grid_columns) / grid_rows) {
    plan.kept_rows = kept(grid_rows, grid_columns, size.height, size.width);
  } else {
    plan.kept_columns = kept(grid_columns, grid_rows, size.width, size.height);
  }
  return plan;
}

std::vector<Image> any_res_tiles(const Image& image, const AnyResPlan& plan,
                                 const AnyResOptions& options) {
  const Size tile{options.tile, options.tile};
  std::vector<Image> tiles;
  tiles.reserve(1 + std::size_t{plan.rows} * plan.columns);
  tiles.push_back(resize(image, tile, options.filter));
  const Image canvas =
      place(resize(image, plan.resized, options.filter), plan.canvas, plan.left, plan.top, {});
  for (std::uint32_t row = 0; row < plan.rows; ++row) {
    for (std::uint32_t column = 0; column < plan.columns; ++column) {
      tiles.push_back(crop(canvas, {column * options.tile, row * options.tile, tile}));
    }
  }
  return tiles;
}

}  // namespace vernier::images
