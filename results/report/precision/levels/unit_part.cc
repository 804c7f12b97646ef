// Which part of the model moves the logits.
#include <fmt/format.h>

#include <cmath>

#include "results/report/charts/cells/strip.h"
#include "results/report/html/text.h"
#include "results/report/precision/charts/unit_bars.h"
#include "results/report/precision/levels/levels.h"
#include "results/report/precision/reading/unit_order.h"

namespace vernier::report {
namespace {

/// Colours of the two units of a layer, and of others.
std::size_t colour_of(const UnitRow::Part& part) {
  if (part.name == "attention") return 2;
  return part.name == "mlp" ? 3 : 5;
}

std::string value_text(const UnitRow& row, double most) {
  std::string out;
  for (const UnitRow::Part& part : row.parts) {
    const std::string value = significant_text(part.kl);
    out += fmt::format(
        "{}{}{}", out.empty() ? "" : " · ",
        part.name.empty() ? ""
                          : fmt::format("<small><i class=\"key run-{}\">■</i> {}</small> ",
                                        colour_of(part), html(part.name)),
        part.kl == most
            ? fmt::format("<mark class=\"m3\"><b>{}</b></mark> <small>largest</small>", value)
            : value);
  }
  return out;
}

std::string row_html(const UnitRow& row, double most) {
  std::vector<UnitBar> bars;
  for (const UnitRow::Part& part : row.parts) bars.push_back({part.kl, colour_of(part)});
  return strip_line(html(row.name), unit_bars_svg(bars, most), value_text(row, most));
}

}  // namespace

void append_units(std::string& out, const PairView& view, const PrecisionUnits& units) {
  out += view.open("units", "Units: which part of the model moves the logits");
  if (!units.changed.empty()) {
    const double most = units.changed.front().kl;
    out += fmt::format(
        "<p>{} with a single part of {} in its place, on {}: how far that alone moves what is "
        "expected next (KL divergence, nats a token). A part with a long bar is the first to keep "
        "in "
        "more bits. Parts act together, so that these numbers do not sum up to the whole.</p>\n"
        "<div class=\"strips units\">\n",
        view.badge_a(), view.badge_b(), counted(units.texts, "text"));
    for (const UnitRow& row : unit_rows(units.changed)) out += row_html(row, most);
    out += "</div>\n";
  }
  if (!units.equal.empty()) {
    out += fmt::format("<p>The same in both: {}.</p>\n", html(unit_names(units.equal)));
  }
  out += "</section>\n";
}

}  // namespace vernier::report
