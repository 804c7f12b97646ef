#include "runners/compare/compared_run.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/error.h"
#include "runners/commands/commands.h"
#include "runners/compare/statistics_options.h"

namespace vernier {
namespace {

std::size_t moved_score(const Comparison& comparison, const std::string& wanted) {
  std::vector<std::string_view> names(comparison.scores.size());
  std::ranges::transform(comparison.scores, names.begin(),
                         [](const ScoreDifference& d) { return std::string_view(d.score.name); });
  if (wanted.empty()) return usual_score(names);
  const auto found = std::ranges::find(names, wanted);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  throw Error(ExitCode::kUsage, fmt::format("--moved-by {}: no such score is compared", wanted));
}

}  // namespace

void add_compare_settings(CLI::App& command, CompareSettings& settings) {
  add_metrics_option(
      command, settings.pairing.scores,
      "Metrics or scores to compare, separated by commas; default: all in both runs");
  command.add_option("--show", settings.show, "Samples shown a direction")->capture_default_str();
  command
      .add_option(
          "--moved-by", settings.moved_by,
          "Score by which samples moved (default: cider, chair-i, accuracy, else the last one)")
      ->type_name("SCORE");
  add_slices_option(command, settings.by);
  add_statistics_options(command, settings.comparison, settings.pairing.cluster_separator);
  add_threads_option(command, settings.threads);
}

ComparedRun compared_run(const PairedRuns& runs, const CompareSettings& settings) {
  ComparisonOptions comparison = settings.comparison;
  comparison.threads = thread_count(settings.threads);
  ComparedRun out{&runs, compare(runs, comparison), 0, {}, {}};
  out.moved_by = moved_score(out.comparison, settings.moved_by);
  out.moved = moved_samples(runs, out.comparison.scores[out.moved_by].score, settings.show);
  for (const std::string& key : settings.by) {
    ComparedSlices& compared = out.by.emplace_back(ComparedSlices{slices_by(runs.a(), key), {}});
    for (const Slice& slice : compared.slices.groups) {
      compared.differences.push_back(compare_part(runs, slice.samples, comparison));
    }
  }
  return out;
}

}  // namespace vernier
