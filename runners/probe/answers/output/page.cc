#include "runners/probe/answers/output/page.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace vernier {

void ProbePage::table(std::string title, TextRows rows, std::string sides) {
  parts_.push_back({std::move(title), std::move(sides), std::move(rows)});
}

void ProbePage::line(std::string text) { parts_.push_back({std::move(text), "", {}}); }

std::string ProbePage::text(OutputFormat format) const {
  const bool markdown = format == OutputFormat::kMarkdown;
  std::string out;
  bool line = true;
  for (const Part& part : parts_) {
    const bool is_line = part.rows.empty();
    if (!out.empty() && !(line && is_line)) out += "\n";
    line = is_line;
    if (is_line) {
      out += (markdown ? markdown_text(part.title) + "  " : part.title) + "\n";
      continue;
    }
    if (!part.title.empty()) {
      out += (markdown ? "### " + markdown_text(part.title) + "\n" : part.title) + "\n";
    }
    out += markdown ? markdown_table(part.rows, part.sides) : text_table(part.rows, part.sides);
  }
  return out;
}

std::string percent_text(double ratio) {
  return std::isfinite(ratio) ? fmt::format("{:.2f}", 100 * ratio) : "-";
}

std::string percent_text(const probes::RatioEstimate& estimate) {
  const std::string value = percent_text(estimate.value);
  return std::isfinite(estimate.error) ? fmt::format("{} ±{}", value, percent_text(estimate.error))
                                       : value;
}

}  // namespace vernier
