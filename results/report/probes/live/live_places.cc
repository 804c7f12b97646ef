#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "results/report/html/text.h"
#include "results/report/probes/live/live_figures.h"
#include "results/report/probes/live/live_values.h"
#include "results/report/probes/probe_curves.h"

namespace vernier::report {
namespace {

/// A curve of the JSON and how the page calls it.
struct Place {
  const char *member, *list, *title, *x_name;
  const char* kind;  ///< whose commonest answer is chance; empty: the points have it
};
constexpr Place kPlaces[] = {
    {"position", "positions", "Right by position in the group", "position", "position"},
    {"needle", "depth", "Right by depth in the stack", "depth", "needle"},
    {"resolution", "side", "Right by size of the picture", "pixels a side", ""}};

const Json& list_in(const Json& object, const char* key) {
  static const Json nothing = Json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : nothing;
}

double chance_of(const ProbeResult& result, const Place& place) {
  if (*place.kind != '\0') return number_in(live_kind(result, place.kind), "commonest_answer");
  for (const Json& point : list_in(object_in(result.document(), place.member), place.list)) {
    if (!point.is_object()) continue;
    const double chance = number_in(point, "commonest_answer");
    if (std::isfinite(chance)) return chance;
  }
  return NAN;
}

std::string p_text(const Json& object, const char* key) {
  return probability_text(number_in(object_in(object, key), "p"));
}

/// What the statistics say of a curve over positions or depths.
std::string finding_of(const Json& part) {
  std::string biases;
  for (const Json& bias : list_in(part, "biases")) {
    if (!bias.is_string() || biases.size() > 200) continue;
    biases += (biases.empty() ? "" : ", ") + html(bias.get<std::string>());
  }
  const std::string mean = number_text(number_in(part, "mean"), 1);
  if (biases.empty()) {
    return fmt::format("Mean {} %; no effect of the place is shown (p {}).", mean,
                       p_text(part, "any"));
  }
  return fmt::format(
      "Mean {} %; shown: <strong>{}</strong>; from the lowest to the highest {} points (p {}).",
      mean, biases, number_text(number_in(part, "spread"), 1), p_text(part, "any"));
}

/// What sizes cost, against the largest.
std::string lost_of(const Json& sides) {
  std::string out;
  for (const Json& side : sides) {
    if (!side.is_object()) continue;
    const std::string name = number_text(number_in(side, "from"), 0) + " pixels";
    const LiveNumber lost = number_with_interval(side, "lost");
    if (const std::string reason = reason_in(side, "rate"); !reason.empty()) {
      out += fmt::format("{}: {}. ", name, html(reason));
    } else if (lost.known()) {
      out += fmt::format("At {} {} points are lost against the largest size (p {}). ", name,
                         lost.text(true), probability_text(number_in(side, "p_lost")));
    }
  }
  return out;
}

std::string words_of(const ProbeResult& result, const Place& place) {
  const Json& part = object_in(result.document(), place.member);
  if (part.empty()) return "";
  const Json& list = list_in(part, place.list);
  if (std::string_view(place.member) == "resolution") return lost_of(list);
  if (list.empty()) {
    const std::string reason = reason_in(part, "mean");
    return html(reason.empty() ? "not measured" : reason);
  }
  return finding_of(part);
}

void append_place(std::string& out, const ProbeGroup& results, const Place& place) {
  std::vector<CurveSeries> series;
  std::string words;
  std::optional<CurveReference> chance;
  for (std::size_t r = 0; r < results.size(); ++r) {
    const Json& part = object_in(results[r]->document(), place.member);
    const auto curve = curve_of_list({place.member, place.list}, list_in(part, place.list));
    series.push_back(curve ? curve->series : CurveSeries());
    const double commonest = chance_of(*results[r], place);
    if (curve && !chance && std::isfinite(commonest)) chance = {commonest, "commonest answer"};
    const std::string said = words_of(*results[r], place);
    if (!said.empty())
      words += fmt::format("<p class=\"fine\">{}{}</p>\n", badge_among(results, r), said);
  }
  const std::string chart = curve_svg(place.title, place.x_name, series, chance);
  if (chart.empty() && words.empty()) return;
  out += fmt::format(
      "<figure><figcaption>{} <small>%, with intervals</small></figcaption>{}{}</figure>\n",
      place.title, chart, words);
}

}  // namespace

void append_places(std::string& out, const ProbeGroup& results) {
  std::string figures;
  for (const Place& place : kPlaces) append_place(figures, results, place);
  if (figures.empty()) return;
  out += "<h3>Where the picture stands, and how large it is</h3>\n<div class=\"charts wide\">\n" +
         figures + "</div>\n";
}

}  // namespace vernier::report
