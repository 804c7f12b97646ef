#include <fmt/format.h>

#include <cmath>

#include "results/report/html/text.h"
#include "results/report/probes/live/live_figures.h"
#include "results/report/probes/live/live_values.h"

namespace vernier::report {
namespace {

std::string why_of(const Json& scores, const std::string& key) {
  const std::string reason = reason_in(scores, key);
  return reason.empty() ? "not measured" : reason;
}

std::string right_line(const std::string& what, const Json& scores, std::size_t r) {
  const LiveNumber right = {number_in(scores, "right"), number_in(scores, "low"),
                            number_in(scores, "high")};
  if (!right.known()) return strip_line_without(what, why_of(scores, "right"));
  const double chance = number_in(scores, "commonest_answer");
  const double grey = number_in(scores, "grey_right"), other = number_in(scores, "other_right");
  const StripMark marks[] = {
      {MarkShape::kBar, chance, NAN, NAN, "commonest answer " + number_text(chance, 1)},
      {MarkShape::kSquare, grey, NAN, NAN, "with a grey picture " + number_text(grey, 1)},
      {MarkShape::kDiamond, other, NAN, NAN,
       "with another scene's picture " + number_text(other, 1)},
      {MarkShape::kDot, right.value, right.low, right.high, "with its picture"}};
  std::string value = right.text();
  if (std::isfinite(chance))
    value += fmt::format(" <small>commonest {}</small>", number_text(chance, 1));
  return strip_line(what, strip_svg(percent_scale(), marks, fmt::format("run-{}", r % 6)), value);
}

/// The name of a kind at its first result only.
std::string name_of(const ProbeGroup& results, std::size_t r, const std::string& kind,
                    bool& first) {
  const std::string name = first ? html(kind) : "";
  first = false;
  return badge_among(results, r) + name;
}

struct Control {
  const char* key;
  MarkShape shape;
};
constexpr Control kControls[] = {{"grey_change", MarkShape::kSquare},
                                 {"other_change", MarkShape::kDiamond}};

std::vector<LiveNumber> all_changes(const ProbeGroup& results) {
  std::vector<LiveNumber> out;
  for (const std::string& kind : live_kinds(results)) {
    for (const ProbeResult* result : results) {
      for (const Control& control : kControls) {
        const LiveNumber change = number_with_interval(live_kind(*result, kind), control.key);
        if (change.known()) out.push_back(change);
      }
    }
  }
  return out;
}

std::string change_line(const std::string& what, const LiveNumber& change, const StripScale& scale,
                        MarkShape shape, std::size_t r) {
  const StripMark marks[] = {{MarkShape::kBar, 0, NAN, NAN, "0"},
                             {shape, change.value, change.low, change.high, {}}};
  const bool none = !(change.low > 0);
  return strip_line(
      what, strip_svg(scale, marks, none ? std::string("undecided") : fmt::format("run-{}", r % 6)),
      fmt::format("{} <small>{}{}</small>", change.text(true),
                  shape == MarkShape::kSquare ? "grey" : "another scene's",
                  none ? "; not shown to look" : ""));
}

}  // namespace

void append_right(std::string& out, const ProbeGroup& results) {
  const std::vector<std::string> kinds = live_kinds(results);
  if (kinds.empty()) return;
  out +=
      "<h3>Right answers by kind, %</h3>\n<p class=\"fine\">● with its picture, with an interval "
      "of "
      "95 %; □ with a grey picture in its place; ◇ with another scene's; the upright bar is what "
      "always giving the commonest answer gets.</p>\n<div class=\"strips\">\n";
  out += strip_line("", strip_axis_svg(percent_scale()), "");
  for (const std::string& kind : kinds) {
    bool first = true;
    for (std::size_t r = 0; r < results.size(); ++r) {
      const Json& scores = live_kind(*results[r], kind);
      if (!scores.empty()) out += right_line(name_of(results, r, kind, first), scores, r);
    }
  }
  out += "</div>\n";
}

void append_reliance(std::string& out, const ProbeGroup& results) {
  const std::vector<LiveNumber> changes = all_changes(results);
  if (changes.empty()) return;
  const StripScale scale = change_scale(changes);
  out +=
      "<h3>What the picture is good for</h3>\n<p class=\"fine\">Right with the picture less right "
      "without it, on the same questions, in points, with an interval of 95 %; the bar is 0. Near "
      "0 "
      "the answers come from elsewhere. □ against a grey picture, ◇ against another scene's.</p>\n"
      "<div class=\"strips\">\n";
  for (const std::string& kind : live_kinds(results)) {
    bool first = true;
    for (std::size_t r = 0; r < results.size(); ++r) {
      const Json& scores = live_kind(*results[r], kind);
      for (const Control& control : kControls) {
        const LiveNumber change = number_with_interval(scores, control.key);
        if (!change.known()) continue;
        out += change_line(name_of(results, r, kind, first), change, scale, control.shape, r);
      }
    }
  }
  out += "</div>\n";
}

}  // namespace vernier::report
