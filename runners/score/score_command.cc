#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/io/byte_sink.h"
#include "metrics/registry.h"
#include "runners/commands/commands.h"
#include "runners/pipeline/progress.h"
#include "runners/score/corpus/corpus.h"
#include "runners/score/measure.h"
#include "runners/score/score_output.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Examples:
  vernier score outputs.jsonl                              references inside each record
  vernier score captions.json -r captions_val2014.json     COCO results against COCO annotations
  vernier score hyp.txt -r ref1.txt -r ref2.txt -m bleu    plain lines
  vernier score outputs.jsonl -m cider,meteor -o run.jsonl -f json
)";

struct ScoreOptions {
  CorpusOptions corpus;
  std::vector<std::string> metrics;
  MetricOptions metric;
  std::string output;
  OutputFormat format = OutputFormat::kTable;
  bool json = false, no_paraphrase = false, compact = false;
  int threads = 0;
};

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

// A run written over its own input would destroy what it reads.
void refuse_output_over_input(const ScoreOptions& options) {
  if (options.output.empty()) return;
  std::vector<std::string> inputs = options.corpus.references;
  inputs.push_back(options.corpus.candidates);
  for (const std::string& input : inputs) {
    std::error_code error;
    if (std::filesystem::equivalent(input, options.output, error) && !error) {
      throw Error(ExitCode::kOutput,
                  fmt::format("{}: the run would overwrite an input; give -o another name",
                              options.output));
    }
  }
}

int score(ScoreOptions& options, const GlobalOptions& global) {
  options.metric.meteor_paraphrase = !options.no_paraphrase;
  refuse_output_over_input(options);
  options.corpus.threads = thread_count(options.threads);
  ScoreReport report;
  Evaluation evaluation(open_metrics(options, report.skipped));
  const Corpus corpus(evaluation, options.corpus);

  report.counts = corpus.counts();
  report.first_empty = corpus.first_empty();
  report.header = {VERNIER_VERSION, corpus.dataset_digest(), corpus.id_rule(), {}};
  for (const auto& metric : evaluation.metrics()) {
    report.header.metrics.push_back(
        {metric->name(), metric->signature(), metric->columns(), metric->score_names()});
  }
  Progress progress("scoring", global.quiet);
  std::unique_ptr<ByteSink> run;
  if (!options.output.empty()) run = std::make_unique<ByteSink>(options.output);
  MeasureOptions measure;
  measure.threads = options.corpus.threads;
  measure.compact = options.compact;
  measure.run = run.get();
  measure.progress = [&](std::uint64_t done) { progress.update(done, report.counts.scored); };
  report.scores = measure_corpus(evaluation, corpus, report.header, measure);
  if (run) run->commit();
  progress.clear();
  print(render_scores(report, options.json ? OutputFormat::kJson : options.format));
  return 0;
}

}  // namespace

void add_score_command(const CommandContext& context) {
  auto options = std::make_shared<ScoreOptions>();
  CLI::App* command = context.app.add_subcommand("score", "Score captions against references");
  command->footer(kExamples);
  command
      ->add_option("candidates", options->corpus.candidates,
                   "Candidate captions; - is stdin. Formats are told apart by content")
      ->required();
  command->add_option("-r,--references", options->corpus.references,
                      "Reference captions, when the candidate records do not hold them");
  command
      ->add_option("-m,--metrics", options->metrics,
                   "Metrics, separated by commas (vernier list); default: all caption metrics "
                   "whose data is installed")
      ->delimiter(',');
  command->add_option("-o,--output", options->output, "Run file to write (.gz and .zst compress)");
  command->add_option("-f,--format", options->format, "What to print")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, OutputFormat>{{"table", OutputFormat::kTable},
                                              {"json", OutputFormat::kJson},
                                              {"csv", OutputFormat::kCsv},
                                              {"markdown", OutputFormat::kMarkdown}}));
  command->add_flag("--json", options->json, "Same as -f json");
  command->add_option("-t,--threads", options->threads,
                      "Threads; 0 is one a core. The numbers do not depend on it");
  command->add_option("--tokenizer", options->metric.tokenizer,
                      "Tokens of BLEU, ROUGE-L and CIDEr: ptb, icu or char");
  command->add_option("--df", options->metric.document_frequencies,
                      "Stored document frequencies for CIDEr (vernier df makes them)");
  command->add_flag("--stem", options->metric.rouge_stem,
                    "Compare Porter stems in rouge-1 ... rouge-lsum");
  command->add_flag("--meteor-no-paraphrase", options->no_paraphrase,
                    "METEOR without its paraphrase table (another signature)");
  command->add_flag("--ignore-extra", options->corpus.ignore_extra,
                    "Drop and count candidates that have no references");
  command->add_flag("--subset", options->corpus.subset,
                    "Score what has a candidate; count references without one");
  command->add_flag("--several-per-image", options->corpus.several_per_image,
                    "Number the candidates of one image instead of refusing the second");
  command->add_flag("--replace-invalid", options->corpus.read.replace_invalid,
                    "Replace invalid UTF-8 by U+FFFD and count it");
  command->add_flag("--allow-truncated", options->corpus.read.allow_truncated,
                    "Accept an input that ends inside a record; count it");
  command->add_flag("--compact", options->compact, "Leave texts out of the run file");
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return score(*options, global); };
  });
}

}  // namespace vernier
