#include "results/report/charts/reliability.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr double kSize = 300, kLeft = 40, kRight = 10, kTop = 10, kBottom = 38;
constexpr double kPlot = kSize - kLeft - kRight;
constexpr double kHeight = kTop + kPlot + kBottom;

double x_of(double score) { return kLeft + std::clamp(score / 100, 0.0, 1.0) * kPlot; }
double y_of(double truth) { return kTop + (1 - std::clamp(truth / 100, 0.0, 1.0)) * kPlot; }

void append_axes(std::string& out) {
  for (const int tick : {0, 25, 50, 75, 100}) {
    out += fmt::format(
        "<path class=\"grid\" d=\"M{0:.1f} {1:.1f}H{2:.1f}M{3:.1f} {4:.1f}V{5:.1f}\"/>"
        "<text class=\"tick end\" x=\"{6:.1f}\" y=\"{7:.1f}\">{8}</text>"
        "<text class=\"tick middle\" x=\"{3:.1f}\" y=\"{9:.1f}\">{8}</text>",
        kLeft, y_of(tick), kLeft + kPlot, x_of(tick), kTop, kTop + kPlot, kLeft - 5, y_of(tick) + 3,
        tick, kTop + kPlot + 14);
  }
  out += fmt::format(
      "<path class=\"diagonal\" d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\"/>"
      "<text class=\"tick middle\" x=\"{:.1f}\" y=\"{:.1f}\">score →</text>"
      "<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\">too low a score</text>"
      "<text class=\"tick end\" x=\"{:.1f}\" y=\"{:.1f}\">too high a score</text>"
      "<text class=\"tick middle\" transform=\"translate(11 {:.1f}) rotate(-90)\">truth →</text>",
      x_of(0), y_of(0), x_of(100), y_of(100), kLeft + kPlot / 2, kHeight - 6, kLeft + 8, kTop + 16,
      kLeft + kPlot - 8, kTop + kPlot - 10, kTop + kPlot / 2);
}

void append_line(std::string& out, const ReliabilityLine& line, double most) {
  std::string path, points;
  for (const ReliabilityPoint& point : line.points) {
    if (!std::isfinite(point.score) || !std::isfinite(point.truth)) continue;
    const double x = x_of(point.score), y = y_of(point.truth);
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? 'M' : 'L', x, y);
    if (std::isfinite(point.low) && std::isfinite(point.high)) {
      points += fmt::format("<path class=\"interval\" d=\"M{:.1f} {:.1f}V{:.1f}\"/>", x,
                            y_of(point.low), y_of(point.high));
    }
    const double radius = 2.2 + 4 * std::sqrt(static_cast<double>(point.captions) / most);
    points += line.hollow
                  ? fmt::format(
                        "<rect class=\"hollow\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"6\" "
                        "height=\"6\">",
                        x - 3, y - 3)
                  : fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\">", x, y, radius);
    points +=
        fmt::format("<title>{}</title>{}", html(point.note), line.hollow ? "</rect>" : "</circle>");
  }
  out += fmt::format("<path class=\"line{}\" d=\"{}\"/>{}", line.hollow ? " broken" : "", path,
                     points);
}

}  // namespace

std::string reliability_svg(std::string_view title, std::span<const ReliabilityLine> lines,
                            std::size_t run) {
  bool any = false;
  double most = 1;
  for (const ReliabilityLine& line : lines) {
    for (const ReliabilityPoint& point : line.points) {
      any = any || (std::isfinite(point.score) && std::isfinite(point.truth));
      most = std::max(most, static_cast<double>(point.captions));
    }
  }
  if (!any) return {};
  std::string out = fmt::format(
      "<svg class=\"chart reliability\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">",
      kSize, kHeight, html(title));
  append_axes(out);
  out += fmt::format("<g class=\"series run-{}\">", run % 6);
  for (const ReliabilityLine& line : lines) append_line(out, line, most);
  return out + "</g></svg>";
}

}  // namespace vernier::report
