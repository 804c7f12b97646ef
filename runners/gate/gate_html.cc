// The gate's verdict on top of a report.
#include "results/report/report.h"
#include "runners/explain/svg/run_scenes.h"
#include "runners/gate/gate_output.h"

namespace vernier {

std::string gate_html(const GateReport& report, std::span<const Run> runs, const GatePolicy& policy,
                      unsigned threads) {
  report::Options options;
  options.version = VERNIER_VERSION;
  options.drawing = scene_drawings();
  options.comparison.resamples = policy.resamples;
  options.comparison.seed = policy.seed;
  options.comparison.interval = policy.interval;
  options.comparison.threads = threads;
  options.cluster_separator = policy.cluster_separator;
  report::Ruling& ruling = options.ruling.emplace(
      report::Ruling{std::string(report.verdict()), gate_summary(report), {}, {}});
  if (!report.rules.empty()) ruling.table = gate_rows(report);
  for (const RuleResult& result : report.rules) ruling.remarks.push_back(gate_reason(result));
  try {
    return report::html_report(runs, options);
  } catch (const Error& error) {
    // The verdict stands, whatever else of the runs cannot be shown.
    ruling.remarks.emplace_back(error.what());
    return report::html_report({}, options);
  }
}

}  // namespace vernier
