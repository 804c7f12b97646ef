#include "results/report/audit/audit_calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/audit/audit_weaknesses.h"
#include "results/report/charts/cells/strip.h"
#include "results/report/charts/reliability.h"
#include "results/report/html/text.h"
#include "results/report/probes/probe_scores.h"

namespace vernier::report {
namespace {

using Audits = std::span<const AuditResult>;

ReliabilityPoint point_of(const AuditBin& bin, double score, std::string_view what) {
  return {score,
          bin.truth,
          bin.truth_low,
          bin.truth_high,
          bin.captions,
          fmt::format("{}: {} {}, truth {} {}, {}",
                      number_text(bin.low, 0) + "–" + number_text(bin.high, 0), what,
                      number_text(score, 1), number_text(bin.truth, 1),
                      interval_text(bin.truth_low, bin.truth_high, 1),
                      counted(bin.captions, "caption"))};
}

std::string chart_of(const AuditResult& audit, std::size_t a) {
  ReliabilityLine before, after;
  after.hollow = true;
  for (const AuditBin& bin : audit.bins) {
    before.points.push_back(point_of(bin, bin.score, "mean score"));
    after.points.push_back(point_of(bin, bin.calibrated, "calibrated score"));
    after.points.back().low = after.points.back().high = NAN;
  }
  const ReliabilityLine lines[] = {after, before};
  return reliability_svg("Mean truth by score", lines, a);
}

void append_charts(std::string& out, Audits audits) {
  std::string figures;
  for (std::size_t a = 0; a < audits.size(); ++a) {
    const std::string chart = chart_of(audits[a], a);
    if (chart.empty()) continue;
    figures += fmt::format(
        "<figure><figcaption>{}Mean truth by score <small>● as given, larger for more captions, "
        "with "
        "intervals; □ after the isotonic map; the dashed line is what ought to "
        "be</small></figcaption>{}</figure>\n",
        audits.size() > 1 ? result_badge(a) + " " : "", chart);
  }
  if (!figures.empty()) out += "<div class=\"charts wide\">\n" + figures + "</div>\n";
}

std::string method_text(const std::string& method) {
  return method == "none" ? "as given" : html(method) + " map";
}

/// Distances from the truth, all on one scale.
void append_errors(std::string& out, Audits audits) {
  std::vector<double> values = {0};
  for (const AuditResult& audit : audits) {
    for (const AuditFit& fit : audit.fits) {
      for (const double value : {fit.error.value, fit.error.low, fit.error.high})
        values.push_back(value);
    }
  }
  if (values.size() == 1) return;
  StripScale scale = strip_scale(values, std::nullopt, std::nullopt, std::nullopt);
  scale.low = std::max(scale.low, 0.0);
  out +=
      "<p class=\"measure\">mean distance from the truth, points, on every second picture: less is "
      "better</p>\n<div class=\"strips\">\n";
  for (std::size_t a = 0; a < audits.size(); ++a) {
    for (const AuditFit& fit : audits[a].fits) {
      const StripMark mark{MarkShape::kDot, fit.error.value, fit.error.low, fit.error.high, {}};
      out += fmt::format(
          "<div class=\"strip\"><span class=\"what\">{}{}</span>{}<span "
          "class=\"value\">{}</span></div>\n",
          audits.size() > 1 ? result_badge(a) + " " : "", method_text(fit.method),
          strip_svg(scale, std::span(&mark, 1), fmt::format("run-{}", a % 6)),
          audit_number_text(fit.error));
    }
  }
  out += "</div>\n";
}

}  // namespace

void append_calibration(std::string& out, Audits audits) {
  out += "<h3>Calibration</h3>\n";
  for (std::size_t a = 0; a < audits.size(); ++a) {
    if (audits[a].calibration_reason.empty()) continue;
    out +=
        fmt::format("<p>{}Not measured: {}.</p>\n", audits.size() > 1 ? result_badge(a) + " " : "",
                    html(audits[a].calibration_reason));
  }
  append_errors(out, audits);
  append_charts(out, audits);
}

}  // namespace vernier::report
