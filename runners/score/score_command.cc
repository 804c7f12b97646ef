#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/io/byte_sink.h"
#include "runners/commands/commands.h"
#include "runners/pipeline/progress.h"
#include "runners/score/measure.h"
#include "runners/score/run_log.h"
#include "runners/score/score_options.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Examples:
  vernier score outputs.jsonl                              references inside each record
  vernier score captions.json -r captions_val2014.json     COCO results against COCO annotations
  vernier score hyp.txt -r ref1.txt -r ref2.txt -m bleu    plain lines
  vernier score outputs.jsonl -m cider,meteor -o run.jsonl -f json
)";

std::vector<std::unique_ptr<Metric>> open_metrics(const ScoreOptions& options,
                                                  std::vector<SkippedMetric>& skipped) {
  std::vector<std::unique_ptr<Metric>> metrics;
  const auto add = [&](std::unique_ptr<Metric> metric) {
    const auto same = [&](const auto& other) { return other->name() == metric->name(); };
    if (std::none_of(metrics.begin(), metrics.end(), same)) metrics.push_back(std::move(metric));
  };
  if (!options.metrics.empty()) {
    for (const std::string& name : options.metrics) add(open_metric(name, options.metric));
    return metrics;
  }
  for (const MetricInfo& info : known_metrics()) {
    if (!info.standard) continue;
    try {
      add(open_metric(info.name, options.metric));
    } catch (const Error& error) {
      if (error.code() != ExitCode::kResource) throw;
      skipped.push_back({std::string(info.name), error.what()});
    }
  }
  return metrics;
}

// Metrics made for English say nothing about other languages, but their numbers look like any.
void warn_of_other_scripts(const Evaluation& evaluation, const Corpus& corpus,
                           ScoreReport& report) {
  if (report.counts.other_script == 0) return;
  std::string names;
  for (const auto& metric : evaluation.metrics()) {
    if (!metric->english_only()) continue;
    names += names.empty() ? "" : ", ";
    names += metric->name();
  }
  if (names.empty()) return;
  report.warnings.push_back(
      fmt::format("{} of {} samples hold more than 20 % non-Latin letters (first: {}), but {} "
                  "{} made for English; for other languages see --tokenizer icu",
                  report.counts.other_script, report.counts.scored,
                  fmt::join(corpus.first_other_script(), ", "), names,
                  names.find(',') == std::string::npos ? "is" : "are"));
}

int score(ScoreOptions& options, const GlobalOptions& global) {
  const RunLog log(global.arguments);
  std::vector<std::string> inputs = options.corpus.references;
  inputs.push_back(options.corpus.candidates);
  refuse_output_over_input(options.output, inputs, "run");
  options.corpus.threads = thread_count(options.threads);
  options.corpus.keep_references = !options.output.empty() && !options.compact;
  ScoreReport report;
  Evaluation evaluation(open_metrics(options, report.skipped));
  Progress progress("reading", global.quiet);
  options.corpus.progress = [&](std::uint64_t done) { progress.update(done, 0); };
  const Corpus corpus(evaluation, options.corpus);

  report.counts = corpus.counts();
  report.first_empty = corpus.first_empty();
  report.header = {VERNIER_VERSION, corpus.dataset_digest(), corpus.id_rule(), {}};
  for (const auto& metric : evaluation.metrics()) {
    report.header.metrics.push_back(describe(*metric));
  }
  warn_of_other_scripts(evaluation, corpus, report);
  progress.restart("scoring");
  std::unique_ptr<ByteSink> run;
  if (!options.output.empty()) run = std::make_unique<ByteSink>(options.output);
  MeasureOptions measure;
  measure.threads = options.corpus.threads;
  measure.compact = options.compact;
  measure.run = run.get();
  measure.progress = [&](std::uint64_t done) { progress.update(done, report.counts.scored); };
  report.scores = measure_corpus(evaluation, corpus, report.header, measure);
  if (run) {
    run->commit();
    log.write(options.output, measure.threads, report.counts.scored);
  }
  progress.clear();
  for (const std::string& warning : report.warnings) remark(global, "warning: " + warning);
  print(render_scores(report, options.format));
  return 0;
}

}  // namespace

void add_score_command(const CommandContext& context) {
  auto options = std::make_shared<ScoreOptions>();
  CLI::App* command = context.app.add_subcommand("score", "Score captions against references");
  command->footer(kExamples);
  add_score_options(*command, *options);
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return score(*options, global); };
  });
}

}  // namespace vernier
