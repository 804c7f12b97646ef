#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/probes/live/live_figures.h"
#include "results/report/probes/live/live_values.h"

namespace vernier::report {
namespace {

constexpr std::size_t kMostRows = 40;

struct Measure {
  const char *key, *title;
};
constexpr Measure kMeasures[] = {{"chair_i", "invented mentions, %"},
                                 {"chair_s", "descriptions that invent, %"},
                                 {"wrong_attributes", "wrong attributes, %"},
                                 {"wrong_relations", "wrong relations, %"},
                                 {"recall", "recall, %"},
                                 {"words", "words"}};

std::vector<const Json*> rows_in(const ProbeResult& result, const char* key) {
  std::vector<const Json*> rows;
  const auto list = result.document().find(key);
  if (list == result.document().end() || !list->is_array()) return rows;
  for (const Json& row : *list) {
    if (row.is_object() && rows.size() < kMostRows) rows.push_back(&row);
  }
  return rows;
}

/// The preset that invents least; null where none is measured.
const Json* best_of(const std::vector<const Json*>& presets) {
  const Json* best = nullptr;
  for (const Json* preset : presets) {
    const double rate = number_in(*preset, "chair_i");
    if (std::isfinite(rate) && (best == nullptr || rate < number_in(*best, "chair_i")))
      best = preset;
  }
  return best;
}

std::string measure_cell(const Json& preset, const char* key, bool best) {
  const LiveNumber number = number_with_interval(preset, key);
  if (!number.known()) {
    return fmt::format("<small class=\"wrap\">{}</small>", html(reason_in(preset, key)));
  }
  const std::string value =
      best ? fmt::format("<mark class=\"m3\">{}</mark>", number_text(number.value, 2))
           : number_text(number.value, 2);
  return with_small(value, interval_text(number.low, number.high, 2));
}

/// "detailed invents least: 0.62 %; 0.17 less than plain [...], which chance may well be."
std::string best_sentence(const ProbeResult& result, const std::vector<const Json*>& presets) {
  const Json* best = best_of(presets);
  if (best == nullptr) return "No prompt could be measured.";
  const double least = number_in(*best, "chair_i");
  std::vector<std::string> names;
  for (const Json* preset : presets) {
    if (number_in(*preset, "chair_i") == least) names.push_back(html(text_in(*preset, "preset")));
  }
  if (names.size() > 1) {
    return fmt::format("{} prompts invent equally little: {} % of their mentions.", names.size(),
                       number_text(least, 2));
  }
  std::string out = fmt::format("<strong>{}</strong> invents least: {} % of its mentions.",
                                names[0], number_text(least, 2));
  for (const Json* less : rows_in(result, "presets_less_plain")) {
    const LiveNumber change = number_with_interval(*less, "chair_i");
    if (text_in(*less, "preset") != text_in(*best, "preset") || !change.known()) continue;
    const bool shown = change.high < 0 || change.low > 0;
    out += fmt::format(" That is {} {} against the plain prompt{}.", signed_text(change.value, 2),
                       signed_interval_text(change.low, change.high, 2),
                       shown ? "" : ", which chance may well be");
  }
  return out;
}

void append_prompts(std::string& out, const std::vector<const Json*>& presets) {
  out += "<details class=\"more-tables\"><summary>The prompts</summary><dl>\n";
  for (const Json* preset : presets) {
    out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html(text_in(*preset, "preset")),
                       html(text_in(*preset, "prompt").substr(0, 2000)));
  }
  out += "</dl></details>\n";
}

}  // namespace

void append_described(std::string& out, const ProbeGroup& results) {
  std::vector<LiveNumber> changes;
  for (const ProbeResult* result : results) {
    for (const Json* row : rows_in(*result, "described")) {
      const LiveNumber change = number_with_interval(*row, "change");
      if (change.known()) changes.push_back(change);
    }
  }
  const StripScale scale = change_scale(changes);
  std::string lines;
  for (std::size_t r = 0; r < results.size(); ++r) {
    for (const Json* row : rows_in(*results[r], "described")) {
      const std::string what = badge_among(results, r) + html(text_in(*row, "kind"));
      const LiveNumber change = number_with_interval(*row, "change");
      const StripMark marks[] = {{MarkShape::kBar, 0, NAN, NAN, "0"},
                                 {MarkShape::kDot, change.value, change.low, change.high, {}}};
      lines += change.known()
                   ? strip_line(
                         what, strip_svg(scale, marks, fmt::format("run-{}", r % 6)),
                         change.text(true) + fmt::format(" <small>{} → {}</small>",
                                                         number_text(number_in(*row, "at_once"), 1),
                                                         number_text(number_in(*row, "right"), 1)))
                   : strip_line_without(what, reason_in(*row, "change"));
    }
  }
  if (lines.empty()) return;
  out +=
      "<h3>Does it help to describe the picture first?</h3>\n<p class=\"fine\">Right behind a "
      "description less "
      "right at once, in points, with an interval of 95 %; the bar is 0.</p>\n<div "
      "class=\"strips\">\n" +
      lines + "</div>\n";
}

void append_presets(std::string& out, const ProbeGroup& results) {
  bool any = false;
  for (std::size_t r = 0; r < results.size(); ++r) {
    const std::vector<const Json*> presets = rows_in(*results[r], "presets");
    if (presets.empty()) continue;
    if (!any) out += "<h3>Which prompt invents least?</h3>\n";
    any = true;
    out +=
        fmt::format("<p>{}{}</p>\n", badge_among(results, r), best_sentence(*results[r], presets));
    std::vector<Column> columns = {{"prompt"}};
    for (const Measure& measure : kMeasures) columns.push_back({measure.title, true});
    Table table("Descriptions by prompt", std::move(columns));
    const Json* best = best_of(presets);
    for (const Json* preset : presets) {
      const bool least =
          best != nullptr && number_in(*preset, "chair_i") == number_in(*best, "chair_i");
      std::vector<std::string> cells = {fmt::format("<span class=\"wrap\">{}{}</span>",
                                                    html(text_in(*preset, "preset")),
                                                    least ? " <small>invents least</small>" : "")};
      for (const Measure& measure : kMeasures) {
        cells.push_back(measure_cell(*preset, measure.key, least && &measure == kMeasures));
      }
      table.row(cells);
    }
    out += table.finish();
    append_prompts(out, presets);
  }
}

}  // namespace vernier::report
