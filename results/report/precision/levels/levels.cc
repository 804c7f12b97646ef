#include "results/report/precision/levels/levels.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "results/report/html/text.h"

namespace vernier::report {
namespace {

/// Levels that were neither measured nor left out for a reason.
std::vector<std::string> not_asked_for(const PrecisionPair& pair) {
  std::vector<std::string> out;
  const auto add = [&](const char* level, bool measured) {
    const bool skipped =
        std::ranges::any_of(pair.skipped, [&](const auto& one) { return one.first == level; });
    if (!measured && !skipped) out.emplace_back(level);
  };
  add("logits", pair.logits.has_value());
  add("captions", pair.captions.has_value());
  add("answers", pair.answers.has_value());
  add("verdicts", pair.verdicts.has_value());
  add("units", pair.units.has_value());
  return out;
}

void append_missing(std::string& out, const PairView& view) {
  const std::vector<std::string> others = not_asked_for(view.pair());
  if (view.pair().skipped.empty() && others.empty()) return;
  out += view.open("missing", "Not measured") + "<ul>\n";
  for (const auto& [level, reason] : view.pair().skipped) {
    out += fmt::format("<li><strong>{}</strong>: {}</li>\n", html(level), html(reason));
  }
  if (!others.empty()) {
    out += fmt::format("<li><strong>{}</strong>: not asked for</li>\n", fmt::join(others, ", "));
  }
  out += "</ul></section>\n";
}

}  // namespace

void append_levels(std::string& out, const PairView& view) {
  const PrecisionPair& pair = view.pair();
  append_checkpoints(out, view);
  if (pair.logits) append_logits(out, view, *pair.logits);
  if (pair.captions) append_caption_level(out, view, *pair.captions);
  if (pair.answers) append_answers(out, view, *pair.answers);
  if (pair.verdicts) append_verdict_level(out, view, *pair.verdicts);
  if (pair.units) append_units(out, view, *pair.units);
  append_missing(out, view);
}

}  // namespace vernier::report
