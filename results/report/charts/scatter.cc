#include "results/report/charts/scatter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "results/report/charts/axis.h"
#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr std::size_t kCells = 64;  // a side
constexpr double kSide = 256, kLeft = 40, kTop = 8, kBottom = 36, kRight = 10;
constexpr double kCell = kSide / kCells;
constexpr std::array<int, 4> kDarker = {2, 4, 10, 30};  // samples in a cell

std::size_t cell_of(const Axis& axis, double value) {
  return std::min(static_cast<std::size_t>(axis.at(value) * kCells), kCells - 1);
}

std::vector<int> grid_of(const Axis& axis, std::span<const double> x, std::span<const double> y) {
  std::vector<int> grid(kCells * kCells);
  for (std::size_t n = 0; n < x.size(); ++n) {
    if (!std::isfinite(x[n]) || !std::isfinite(y[n])) continue;
    ++grid[cell_of(axis, y[n]) * kCells + cell_of(axis, x[n])];
  }
  return grid;
}

/// One path a shade.
void append_cells(std::string& out, const std::vector<int>& grid) {
  std::array<std::string, kDarker.size() + 1> shades;
  for (std::size_t row = 0; row < kCells; ++row) {
    for (std::size_t column = 0; column < kCells; ++column) {
      const int count = grid[row * kCells + column];
      if (count == 0) continue;
      const auto shade = std::ranges::upper_bound(kDarker, count) - kDarker.begin();
      shades[static_cast<std::size_t>(shade)] +=
          fmt::format("M{:g} {:g}h{:g}v{:g}h-{:g}z", kLeft + static_cast<double>(column) * kCell,
                      kTop + static_cast<double>(kCells - 1 - row) * kCell, kCell, kCell, kCell);
    }
  }
  for (std::size_t s = 0; s < shades.size(); ++s) {
    if (shades[s].empty()) continue;
    out += fmt::format("<path class=\"shade-{}\" d=\"{}\"/>", s, shades[s]);
  }
}

void append_frame(std::string& out, const Axis& axis, std::string_view x_name,
                  std::string_view y_name) {
  for (const double tick : axis.ticks) {
    const double x = kLeft + axis.at(tick) * kSide, y = kTop + (1 - axis.at(tick)) * kSide;
    out += fmt::format(
        "<path class=\"grid\" d=\"M{0:.1f} {1:.1f}V{2:.1f}M{3:.1f} {4:.1f}H{5:.1f}\"/>"
        "<text class=\"tick middle\" x=\"{0:.1f}\" y=\"{6:.1f}\">{8}</text>"
        "<text class=\"tick end\" x=\"{7:.1f}\" y=\"{9:.1f}\">{8}</text>",
        x, kTop, kTop + kSide, kLeft, y, kLeft + kSide, kTop + kSide + 13, kLeft - 5,
        tick_text(axis, tick), y + 3);
  }
  out += fmt::format("<line class=\"diagonal\" x1=\"{0}\" y1=\"{1}\" x2=\"{2}\" y2=\"{3}\"/>",
                     kLeft, kTop + kSide, kLeft + kSide, kTop);
  out += fmt::format("<text class=\"tick middle\" x=\"{}\" y=\"{}\">{} →</text>", kLeft + kSide / 2,
                     kTop + kSide + 29, html(x_name));
  out += fmt::format(
      "<text class=\"tick middle\" transform=\"translate(10 {}) rotate(-90)\">{} →"
      "</text>",
      kTop + kSide / 2, html(y_name));
}

}  // namespace

std::string scatter_svg(std::string_view title, std::string_view x_name, std::string_view y_name,
                        std::span<const double> x, std::span<const double> y) {
  std::string out = fmt::format(
      "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" "
      "aria-label=\"{}\">",
      kLeft + kSide + kRight, kTop + kSide + kBottom, html(title));
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (std::size_t n = 0; n < x.size(); ++n) {
    if (!std::isfinite(x[n]) || !std::isfinite(y[n])) continue;
    low = std::min({low, x[n], y[n]});
    high = std::max({high, x[n], y[n]});
  }
  if (low > high) {
    return out + fmt::format(
                     "<text class=\"tick middle\" x=\"{}\" y=\"{}\">no sample has this "
                     "score in both runs</text></svg>",
                     kLeft + kSide / 2, kTop + kSide / 2);
  }
  const Axis axis = axis_for(low, high, 5);
  append_frame(out, axis, x_name, y_name);
  append_cells(out, grid_of(axis, x, y));
  return out + "</svg>";
}

}  // namespace vernier::report
