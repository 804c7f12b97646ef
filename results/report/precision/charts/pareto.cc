#include "results/report/precision/charts/pareto.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "results/report/charts/axis.h"
#include "results/report/html/text.h"
#include "results/report/precision/charts/label_places.h"
#include "results/report/precision/charts/log_scale.h"

namespace vernier::report {
namespace {

constexpr double kWidth = 340, kHeight = 260;
constexpr double kLeft = 50, kRight = 20, kTop = 14, kBottom = 42;
constexpr double kPlotWidth = kWidth - kLeft - kRight, kPlotHeight = kHeight - kTop - kBottom;
constexpr double kFar = 30;  // times the least: farther apart than a linear axis can show
constexpr std::size_t kTicks = 8;

bool drawn(const ParetoPoint& point) { return std::isfinite(point.x) && std::isfinite(point.y); }

/// From 0, or powers of ten.
class LossAxis {
 public:
  explicit LossAxis(std::span<const ParetoPoint> points) {
    std::vector<double> values;
    for (const ParetoPoint& point : points) {
      if (drawn(point)) values.push_back(point.y);
    }
    const double most = std::ranges::max(values);
    std::erase_if(values, [](double value) { return !(value > 0); });
    if (!values.empty() && most > kFar * std::ranges::min(values)) {
      decades_ = decades_of(values);
    } else {
      linear_ = axis_for(0, std::max(most, 0.0), 5);
    }
  }

  double y(double value) const {
    const double share = decades_ ? (decades_->exponent(value) - decades_->low) /
                                        static_cast<double>(decades_->high - decades_->low)
                                  : linear_.at(value);
    return kTop + (1 - share) * kPlotHeight;
  }

  void append_ticks(std::string& out) const {
    if (!decades_) {
      for (const double tick : linear_.ticks) append_tick(out, y(tick), tick_text(linear_, tick));
      return;
    }
    for (const int power : decades_->ticks(kTicks)) {
      const double value = std::pow(10.0, power);
      append_tick(out, y(value),
                  std::abs(power) <= 3 ? fmt::format("{:g}", value) : power_of_ten_text(power));
    }
  }

 private:
  static void append_tick(std::string& out, double y, const std::string& text) {
    out += fmt::format(
        "<path class=\"grid\" d=\"M{} {:.1f}H{}\"/><text class=\"tick end\" x=\"{}\" "
        "y=\"{:.1f}\">{}</text>",
        kLeft, y, kWidth - kRight, kLeft - 5, y + 3.5, text);
  }

  std::optional<Decades> decades_;
  Axis linear_{0, 1, {}};
};

class ParetoChart {
 public:
  ParetoChart(const ParetoAxis& x, std::span<const ParetoPoint> points)
      : axis_(x), points_(points), y_(points) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const auto widen = [&](double value) {
      if (!std::isfinite(value)) return;
      low = std::min(low, value);
      high = std::max(high, value);
    };
    for (const ParetoPoint& point : points) {
      if (drawn(point)) widen(point.x);
    }
    widen(x.baseline);
    x_ = axis_for(low, high, 5);
  }

  void append_axes(std::string& out, std::string_view y_name) const {
    y_.append_ticks(out);
    for (const double tick : x_.ticks) {
      out += fmt::format("<text class=\"tick middle\" x=\"{:.1f}\" y=\"{}\">{}</text>", x(tick),
                         kHeight - kBottom + 15, tick_text(x_, tick));
    }
    const std::string name = html(axis_.name);
    out += fmt::format(
        "<text class=\"tick middle\" x=\"{}\" y=\"{}\">{}</text>"
        "<text class=\"tick middle\" transform=\"translate(10 {}) rotate(-90)\">← {}</text>",
        kLeft + kPlotWidth / 2, kHeight - 8, axis_.more_is_better ? name + " →" : "← " + name,
        kTop + kPlotHeight / 2, html(y_name));
  }

  void append_baseline(std::string& out) const {
    if (!std::isfinite(axis_.baseline)) return;
    const double at = x(axis_.baseline);
    const bool left = at > kLeft + kPlotWidth / 2;
    out += fmt::format(
        "<path class=\"diagonal\" d=\"M{0:.1f} {1}v{2}\"/><text class=\"tick{3}\" x=\"{4:.1f}\" "
        "y=\"{5}\">{6}</text>",
        at, kTop, kPlotHeight, left ? " end" : "", left ? at - 4 : at + 4, kTop + 8,
        html(axis_.baseline_name));
  }

  void append_front(std::string& out) const {
    std::string path;
    for (const std::size_t i : pareto_front(points_, axis_.more_is_better)) {
      path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? 'M' : 'L', x(points_[i].x),
                          y_.y(points_[i].y));
    }
    out += fmt::format("<path class=\"front\" d=\"{}\"/>", path);
  }

  void append_points(std::string& out) const {
    LabelPlaces places({kLeft, kTop, kWidth - kRight, kHeight - kBottom});
    for (const ParetoPoint& point : points_) {
      if (drawn(point)) places.keep_free(x(point.x), y_.y(point.y));
    }
    for (const ParetoPoint& point : points_) {
      if (!drawn(point)) continue;
      const double at_x = x(point.x), at_y = y_.y(point.y);
      out += fmt::format("<g class=\"{}\">{}<title>{}</title></g>", html(point.kind),
                         mark(point.kind, at_x, at_y), html(point.note));
      if (const auto label = places.place(at_x, at_y, point.label)) {
        out += fmt::format("<text class=\"label{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
                           label->anchor, label->x, label->y, html(point.label));
      }
    }
  }

 private:
  double x(double value) const { return kLeft + x_.at(value) * kPlotWidth; }

  static std::string mark(std::string_view kind, double x, double y) {
    if (kind == "pass") return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\"/>", x, y);
    if (kind == "regression") {
      return fmt::format("<path class=\"cross\" d=\"M{:.1f} {:.1f}l9 9m0 -9l-9 9\"/>", x - 4.5,
                         y - 4.5);
    }
    return fmt::format("<path class=\"hollow\" d=\"M{:.1f} {:.1f}l6 6l-6 6l-6-6z\"/>", x, y - 6);
  }

  const ParetoAxis& axis_;
  std::span<const ParetoPoint> points_;
  LossAxis y_;
  Axis x_{0, 1, {}};
};

}  // namespace

std::vector<std::size_t> pareto_front(std::span<const ParetoPoint> points, bool more_x_is_better) {
  const auto cost = [&](std::size_t i) { return more_x_is_better ? -points[i].x : points[i].x; };
  std::vector<std::size_t> front;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!drawn(points[i])) continue;
    bool beaten = false;
    for (std::size_t j = 0; j < points.size(); ++j) {
      beaten = beaten || (drawn(points[j]) && cost(j) <= cost(i) && points[j].y <= points[i].y &&
                          (cost(j) < cost(i) || points[j].y < points[i].y));
    }
    if (!beaten) front.push_back(i);
  }
  std::ranges::stable_sort(front, {}, [&](std::size_t i) { return points[i].x; });
  return front;
}

std::string pareto_svg(std::string_view title, const ParetoAxis& x, std::string_view y_name,
                       std::span<const ParetoPoint> points) {
  if (std::ranges::none_of(points, drawn)) return {};
  std::string out = fmt::format(
      "<svg class=\"chart pareto\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", kWidth,
      kHeight, html(title));
  const ParetoChart chart(x, points);
  chart.append_axes(out, y_name);
  chart.append_baseline(out);
  chart.append_front(out);
  chart.append_points(out);
  return out + "</svg>";
}

}  // namespace vernier::report
