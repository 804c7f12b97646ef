#include "runners/judge/judged_output.h"

#include <fmt/format.h>

#include "base/json_text.h"
#include "base/printable.h"
#include "metrics/aggregate/column_sums.h"
#include "runners/judge/kept/kept_scores.h"

namespace vernier {
namespace {

constexpr std::string_view kVerdict = "judge-verdict/1";

}  // namespace

MetricDescription mean_score(const std::string& name, const std::string& signature) {
  MetricDescription metric;
  metric.name = name;
  metric.signature = signature;
  metric.columns = metric.scores = {name};
  metric.aggregate = "mean";
  return metric;
}

ProbeSample sample_of(const CaptionRecord& caption) {
  ProbeSample sample;
  sample.id = caption.id;
  sample.image_id = caption.image_id;
  sample.candidate = caption.text;
  sample.references.assign(caption.references.begin(), caption.references.end());
  sample.meta = caption.meta;
  return sample;
}

ScoreReport report_run(const ProbeRun& judged, const CaptionFile& file, const std::string& output) {
  const ProbeRun run = file.scored ? with_kept_scores(judged, *file.scored) : judged;
  if (!output.empty()) write_probe_run(output, run);
  ScoreReport report;
  report.header.version = VERNIER_VERSION;
  report.header.metrics = run.metrics;
  ColumnSums sums(report.header.row_width());
  for (std::size_t i = 0; i < run.samples; ++i) sums.add(run.sample(i).row);
  report.scores.resize(report.header.score_names().size());
  aggregate_probe_run(run, RunAggregator(report.header), sums.total(),
                      static_cast<double>(run.samples), report.scores);
  report.measured = report.counts.scored = run.samples;
  report.counts.empty_candidate = file.empty;
  report.counts.duplicate_candidate = file.repeated;
  return report;
}

void warn(ScoreReport& report, std::uint64_t count, std::string_view what) {
  if (count > 0) report.warnings.push_back(fmt::format("{} {}", count, what));
}

VerdictFile::VerdictFile(const std::string& path, std::string_view judge,
                         std::initializer_list<RunCount> counts)
    : output_(path) {
  std::string line = "{";
  append_json_member(line, "schema", "judge-verdicts/1");
  append_json_member(line, "judge", judge);
  for (const RunCount& count : counts) append_json_count(line, count.name, count.value);
  add(line);
}

std::string VerdictFile::begin(const CaptionRecord& caption) {
  std::string line = "{";
  append_json_member(line, "schema", kVerdict);
  append_json_member(line, "id", caption.id);
  append_json_member(line, "image_id", caption.image_id);
  append_json_member(line, "caption", caption.text);
  return line;
}

void VerdictFile::finish(std::span<const Unanswered> failed) {
  for (const Unanswered& one : failed) {
    std::string line = "{";
    append_json_member(line, "schema", kVerdict);
    append_json_member(line, "id", one.key);
    append_json_member(line, "status", "failed");
    append_json_member(line, "error", printable(one.reason, 300));
    add(line);
  }
  output_.commit();
}

}  // namespace vernier
