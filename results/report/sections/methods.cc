// How the numbers were made: enough to make them again.
#include <fmt/format.h>

#include <algorithm>

#include "results/report/html/table.h"
#include "results/report/html/text.h"
#include "results/report/sections/labels.h"
#include "results/report/sections/sections.h"
#include "results/report/wording.h"

namespace vernier::report {
namespace {

std::string code(std::string_view text) { return fmt::format("<code>{}</code>", html(text)); }

/// Whether a run before has the metric with the same signature.
bool said_before(const Findings& findings, std::size_t run, const MetricDescription& metric) {
  return std::ranges::any_of(findings.runs.first(run), [&](const Run& other) {
    return std::ranges::any_of(other.header().metrics, [&](const MetricDescription& known) {
      return known.name == metric.name && known.signature == metric.signature;
    });
  });
}

}  // namespace

void append_methods(std::string& out, const Findings& findings, const Options& options) {
  out += "<section id=\"methods\"><h2>How the numbers were made</h2>\n";
  Table signatures("Signatures", {{"metric"}, {"signature"}});
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    for (const MetricDescription& metric : findings.runs[r].header().metrics) {
      if (said_before(findings, r, metric)) continue;
      signatures.row({html(score_title(metric.name)), code(metric.signature)});
    }
  }
  out += signatures.finish();
  Table facts("Statistics and data", {{"what"}, {"value"}});
  facts.row({"intervals of scores", code(findings.interval_signature)});
  for (std::size_t run = 1; run < findings.runs.size(); ++run) {
    facts.row({fmt::format("{} against {}", run_badge(run), run_badge(0)),
               code(findings.pairs[run - 1].comparison.signature)});
  }
  if (findings.slices) facts.row({"intervals of slices", code(findings.slice_signature)});
  const RunHeader& header = findings.runs[0].header();
  facts.row({"data set", code(header.dataset_digest)});
  if (!header.id_rule.empty()) facts.row({"ids matched by", html(header.id_rule)});
  if (!options.cluster_separator.empty()) {
    facts.row({"images cut at", code(options.cluster_separator)});
  }
  for (std::size_t r = 0; r < findings.runs.size(); ++r) {
    facts.row(
        {run_label(findings, r), "measured by vernier " + html(findings.runs[r].header().version)});
  }
  out += facts.finish() + "</section>\n";
}

}  // namespace vernier::report
