#include "results/report/probes/live/live_section.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/report/html/text.h"
#include "results/report/printed/signature_titles.h"
#include "results/report/probes/live/live_figures.h"
#include "results/report/probes/live/live_values.h"

namespace vernier::report {
namespace {

void append_models(std::string& out, const ProbeGroup& results) {
  std::vector<std::string> models;
  for (const ProbeResult* result : results) models.push_back(text_in(result->document(), "model"));
  const std::vector<std::string> titles = signature_titles(models);
  for (std::size_t r = 0; r < results.size(); ++r) {
    if (models[r].empty()) continue;
    out += fmt::format("<p class=\"run\">{}{} <code>{}</code></p>\n", badge_among(results, r),
                       titles[r].empty() ? "asked:" : "<strong>" + html(titles[r]) + "</strong>",
                       html(models[r]));
  }
}

/// Kinds by what can be said of them.
struct Overview {
  std::vector<std::string> above, at_chance, unmeasured, unseen;
};

/// Whether the answers are the same without the picture, as far as can be told.
bool unseen(const Json& scores) {
  for (const char* control : {"grey_change", "other_change"}) {
    const LiveNumber change = number_with_interval(scores, control);
    if (change.known() && !(change.low > 0)) return true;
  }
  return false;
}

Overview overview_of(const ProbeResult& result, const std::vector<std::string>& kinds) {
  Overview out;
  for (const std::string& kind : kinds) {
    const Json& scores = live_kind(result, kind);
    if (scores.empty()) continue;
    if (number_with_interval(scores, "right").known()) {
      out.above.push_back(kind);
      if (unseen(scores)) out.unseen.push_back(html(kind));
    } else if (reason_in(scores, "right").starts_with("at chance")) {
      out.at_chance.push_back(html(kind));
    } else {
      out.unmeasured.push_back(html(kind));
    }
  }
  return out;
}

void append_headline(std::string& out, const ProbeGroup& results, std::size_t r,
                     const std::vector<std::string>& kinds) {
  const Overview overview = overview_of(*results[r], kinds);
  const std::size_t all =
      overview.above.size() + overview.at_chance.size() + overview.unmeasured.size();
  if (all == 0) return;
  out += fmt::format(
      "<p class=\"headline\">{}Right more often than the commonest answer in {} of {} of "
      "questions.{}{}{}</p>\n",
      badge_among(results, r), overview.above.size(), counted(all, "kind"),
      overview.at_chance.empty()
          ? ""
          : fmt::format(" At chance: {}.", fmt::join(overview.at_chance, ", ")),
      overview.unmeasured.empty()
          ? ""
          : fmt::format(" Not measured: {}.", fmt::join(overview.unmeasured, ", ")),
      overview.unseen.empty() ? ""
                              : fmt::format(" Not shown to look at the picture: {}.",
                                            fmt::join(overview.unseen, ", ")));
}

}  // namespace

void append_live(std::string& out, const ProbeGroup& results) {
  const std::vector<std::string> kinds = live_kinds(results);
  append_models(out, results);
  for (std::size_t r = 0; r < results.size(); ++r) append_headline(out, results, r, kinds);
  append_right(out, results);
  append_reliance(out, results);
  append_places(out, results);
  append_described(out, results);
  append_presets(out, results);
}

}  // namespace vernier::report
