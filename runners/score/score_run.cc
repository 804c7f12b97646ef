#include "runners/score/score_run.h"

#include <fmt/format.h>

#include "base/error.h"
#include "runners/pipeline/progress.h"
#include "runners/run/run_output.h"
#include "runners/score/measure/measure.h"
#include "runners/score/measure/resume.h"

namespace vernier {
namespace {

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

RunHeader run_header(const Evaluation& evaluation, const Corpus& corpus,
                     const ScoreOptions& options) {
  RunHeader header;
  header.version = VERNIER_VERSION;
  header.dataset_digest = corpus.dataset_digest();
  header.candidates_digest = corpus.candidates_digest();
  header.id_rule = corpus.id_rule();
  header.compact = options.compact;
  header.shard = options.corpus.shard.text();
  for (const auto& metric : evaluation.metrics()) header.metrics.push_back(describe(*metric));
  return header;
}

// Of the whole corpus, in every shard alike.
std::vector<RunCount> footer_counts(const CorpusCounts& counts) {
  std::vector<RunCount> named;
  named.reserve(kFooterCounts.size());
  for (const auto& [name, member] : kFooterCounts) named.push_back({name, counts.*member});
  return named;
}

// Starts the run, or goes on with what an interrupted process left of it.
std::unique_ptr<RunWriter> begin_run(RunOutput& output, const ScoreOptions& options,
                                     const Corpus& corpus, const RunHeader& header,
                                     const GlobalOptions& global, SamplePlace& from) {
  auto run = std::make_unique<RunWriter>(header, output.writing());
  Journal* const journal = output.journal();
  if (journal == nullptr || journal->empty()) {
    run->write_header();
    return run;
  }
  const Resumed resumed = resume_run(*journal, corpus, *run);
  const std::string part = options.output + ".part";
  if (resumed.refusal.empty()) {
    if (run->samples() > 0) {
      remark(global, fmt::format("{}: goes on behind {} samples", part, run->samples()));
    }
    from = resumed.next;
    return run;
  }
  if (options.resume) {
    throw Error(ExitCode::kIncomplete,
                fmt::format("{}: is of another run: {} (there / here); remove it, or give -o "
                            "another name",
                            part, resumed.refusal));
  }
  remark(global,
         fmt::format("warning: {}: was of another run and is overwritten: {} (there / here)", part,
                     resumed.refusal));
  journal->keep(0);
  run = std::make_unique<RunWriter>(header, output.writing());
  run->write_header();
  return run;
}

}  // namespace

ScoreReport score_corpus(ScoreOptions& options, const GlobalOptions& global, bool commit) {
  std::vector<std::string> inputs = options.corpus.references;
  inputs.push_back(options.corpus.candidates);
  refuse_output_over_input(options.output, inputs, "run");
  RunOutput output(options.output);  // first of all: another process may be at it
  options.corpus.threads = thread_count(options.threads);
  options.corpus.keep_references = output && !options.compact;
  ScoreReport report;
  Evaluation evaluation(
      open_metrics(options.metrics, MetricSet::kStandard, options.metric, report.skipped));
  Progress progress("reading", global.quiet);
  options.corpus.progress = [&](std::uint64_t done) { progress.update(done, 0); };
  const Corpus corpus(evaluation, options.corpus);

  report.counts = corpus.counts();
  report.first_empty = corpus.first_empty();
  report.header = run_header(evaluation, corpus, options);
  warn_of_other_scripts(evaluation, corpus, report);
  progress.restart("scoring");
  MeasureOptions measure;
  measure.threads = options.corpus.threads;
  measure.records = static_cast<bool>(output);
  measure.progress = [&](std::uint64_t done) { progress.update(done, corpus.to_measure()); };
  const auto run = begin_run(output, options, corpus, report.header, global, measure.from);
  try {
    measure_corpus(evaluation, corpus, *run, measure);
    report.scores = run->write_footer(
        footer_counts(report.counts),
        [&](std::span<const double> sums, double samples, std::span<double> scores) {
          evaluation.aggregate(sums, samples, scores);
        });
    report.unscored =
        RunAggregator(report.header).unscored(run->sums(), static_cast<double>(run->samples()));
    if (commit) output.commit();
  } catch (const SilentError&) {
    throw;
  } catch (const Error& error) {
    if (output.journal() == nullptr) throw;
    throw Error(error.code(), fmt::format("{}; {}.part keeps what was measured, the same command "
                                          "goes on with it",
                                          error.what(), options.output));
  }
  report.measured = run->samples();
  return report;
}

}  // namespace vernier
