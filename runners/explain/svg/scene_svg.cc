#include "runners/explain/svg/scene_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/html/text.h"
#include "runners/explain/svg/scene_layout.h"

namespace vernier {
namespace {

constexpr double kMargin = 24, kTitle = 28, kLine = 18, kBackRoom = 40;

constexpr const char* kStyle =
    "text{font:13px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600}.name{font-weight:600}"
    "rect{fill:#fff;stroke-width:1.4}path{fill:none;stroke-width:1.4}.yes{stroke:#1a7f37}"
    ".no{stroke:#9a6700;stroke-dasharray:4 3}.say{text-anchor:middle;paint-order:stroke;"
    "stroke:#fff;stroke-width:5px;stroke-linejoin:round}text.no,text.yes{stroke-dasharray:none}"
    "text.in{stroke:none}text.no{fill:#7d4e00}text.yes{fill:#116329}";

std::string_view kind(bool matched) { return matched ? "yes" : "no"; }

void draw_box(std::string& out, const SceneLayout::Box& box) {
  out += fmt::format(
      R"(<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="5"/>)",
      kind(box.name.matched), box.x, box.y, box.width, box.height);
  double y = box.y + kLine;
  const auto line = [&](const SceneLayout::Line& text, std::string_view classes) {
    out += fmt::format(R"(<text class="in {} {}" x="{:.1f}" y="{:.1f}">{}</text>)", classes,
                       kind(text.matched), box.x + 8, y, report::html(text.text));
    y += kLine;
  };
  line(box.name, "name");
  for (const auto& attribute : box.attributes) line(attribute, "");
}

/// Above and below the straight line in turn.
double bend_of(double lane) {
  return 24 * (std::fmod(lane, 2) > 0 ? std::ceil(lane / 2) : -lane / 2);
}

std::string curve(double x0, double y0, double x1, double y1, double bend) {
  const double half = (x1 - x0) / 2;
  return fmt::format("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", x0 + half, y0 + bend, x1 - half,
                     y1 + bend, x1, y1);
}

/// A curve from the right side of a box to the left side of another, through hidden ones, or, where
/// the other is not behind it, from bottom to bottom.
void draw_arrow(std::string& out, const SceneLayout& layout, const SceneLayout::Arrow& arrow) {
  const SceneLayout::Box &a = layout.boxes[arrow.from], &b = layout.boxes[arrow.to];
  double x = 0, y = 0;  // of the label
  std::string path;
  if (b.layer > a.layer) {
    double x0 = a.x + a.width, y0 = a.y + a.height / 2;
    const double x1 = b.x, y1 = b.y + b.height / 2;
    const double bend = arrow.through.empty() ? bend_of(arrow.lane) : 0;
    x = (x0 + x1) / 2;
    y = (y0 + y1) / 2 + 0.75 * bend;
    path = fmt::format("M{:.1f} {:.1f}", x0, y0);
    for (const std::size_t hidden : arrow.through) {
      const SceneLayout::Box& box = layout.boxes[hidden];
      const double middle = box.y + box.height / 2;
      path += curve(x0, y0, box.x, middle, 0) + fmt::format("H{:.1f}", box.x + box.width);
      x0 = box.x + box.width;
      y0 = middle;
    }
    path += curve(x0, y0, x1, y1, bend);
    if (!arrow.through.empty()) {
      const SceneLayout::Box& box = layout.boxes[arrow.through.front()];
      x = box.x + box.width / 2;
      y = box.y + box.height / 2;
    }
  } else {
    const double x0 = a.x + 0.7 * a.width, x1 = b.x + 0.3 * b.width;
    const double y0 = a.y + a.height, y1 = b.y + b.height;
    const double low = std::max(y0, y1) + 26 + 20 * arrow.lane;
    path = fmt::format("M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", x0, y0, x0, low,
                       x1, low, x1, y1);
    x = (x0 + x1) / 2;
    y = 0.25 * (y0 + y1) / 2 + 0.75 * low;
  }
  const std::string_view matched = kind(arrow.label.matched);
  out += fmt::format(R"svg(<path class="{0}" d="{1}" marker-end="url(#{0})"/>)svg", matched, path);
  out += fmt::format(R"(<text class="say {}" x="{:.1f}" y="{:.1f}">{}</text>)", matched, x, y + 4,
                     report::html(arrow.label.text));
}

void draw_graph(std::string& out, std::string_view title, const SceneLayout& layout, double y) {
  out += fmt::format(R"svg(<text class="title" x="{}" y="{:.1f}">{}</text>)svg"
                     R"svg(<g transform="translate({} {:.1f})">)svg",
                     kMargin, y + 14, title, kMargin, y + kTitle);
  for (const auto& arrow : layout.arrows) draw_arrow(out, layout, arrow);
  for (const auto& box : layout.boxes) {
    if (!box.hidden) draw_box(out, box);
  }
  out += "</g>\n";
}

std::string marker(std::string_view name, std::string_view color) {
  return fmt::format(
      R"(<marker id="{}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" )"
      R"(orient="auto"><path d="M0 0L8 4L0 8z" style="fill:{};stroke:none"/></marker>)",
      name, color);
}

}  // namespace

std::string scene_svg(const SpiceExplanation& spice) {
  const SceneLayout candidate = lay_out(spice.candidate), references = lay_out(spice.references);
  const double width = std::max({candidate.width, references.width, 260.0}) + 2 * kMargin;
  const double second = kMargin + kTitle + candidate.height + kBackRoom;
  const double height = second + kTitle + references.height + kBackRoom + kMargin;
  std::string out = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" )"
      R"(height="{1:.0f}" role="img"><title>scene graphs</title><style>{2}</style><defs>{3}{4}</defs>)"
      R"(<rect width="100%" height="100%" style="fill:#fff;stroke:none"/>)"
      "\n",
      width, height, kStyle, marker("yes", "#1a7f37"), marker("no", "#9a6700"));
  const auto title = [](std::string_view who, const auto& tuples) {
    const auto matched = std::ranges::count_if(tuples, [](const auto& t) { return bool(t.match); });
    return fmt::format("{}: {} of {} tuples matched", who, matched, tuples.size());
  };
  draw_graph(out, title("candidate", spice.candidate), candidate, kMargin);
  draw_graph(out, title("references", spice.references), references, second);
  return out + "</svg>\n";
}

}  // namespace vernier
