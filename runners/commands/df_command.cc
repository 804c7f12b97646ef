#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "metrics/cider/cider.h"
#include "metrics/cider/df_file.h"
#include "metrics/registry.h"
#include "runners/commands/commands.h"
#include "runners/score/corpus/reference_set.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Examples:
  vernier df captions_val2014.json -o coco.df       count once
  vernier score outputs.jsonl -m cider --df coco.df score a few images with those weights
  vernier df shard1.df shard2.df -o all.df          add up what shards counted
)";

struct DfOptions {
  std::vector<std::string> inputs;
  std::string output, tokenizer = "ptb";
  ReadOptions read;
  int threads = 0;
};

int count_documents(const DfOptions& options, const GlobalOptions& global) {
  DocumentFrequencies table;
  std::string tokenizer;
  std::vector<std::string> references;
  for (const std::string& input : options.inputs) {
    if (input == "-" || !is_df_file(input)) {
      references.push_back(input);
      continue;
    }
    const DfFile file = read_df_file(input);
    if (!tokenizer.empty() && tokenizer != file.tokenizer) {
      throw Error(ExitCode::kUsage, fmt::format("{}: made with tokenizer {}, the file before it "
                                                "with {}",
                                                input, file.tokenizer, tokenizer));
    }
    tokenizer = file.tokenizer;
    table.add(file.frequencies->entries(), file.frequencies->documents());
  }
  if (!references.empty()) {
    std::vector<std::unique_ptr<Metric>> metrics;
    MetricOptions metric;
    metric.tokenizer = options.tokenizer;
    metrics.push_back(open_metric("cider", metric));
    Evaluation evaluation(std::move(metrics));
    const std::string name(evaluation.metrics()[0]->tokenizer().name());
    if (!tokenizer.empty() && tokenizer != name) {
      throw Error(ExitCode::kUsage,
                  fmt::format("the stored frequencies were made with tokenizer {}, not {}",
                              tokenizer, name));
    }
    tokenizer = name;
    ReferenceSet set(false, 0);
    ReadCounts counts;
    set.read(evaluation, references, options.read, thread_count(options.threads), counts);
    const auto observer = make_frequency_observer(table, evaluation.vocabulary());
    std::vector<std::span<const WordId>> texts;
    for (std::size_t image = 0; image < set.image_count(); ++image) {
      texts.clear();
      set.append(image, 0, texts);
      observer->observe(texts);
    }
    observer->finish();
  }
  write_df_file(options.output, table, tokenizer);
  remark(global, fmt::format("{}: {} documents, {} n-grams", options.output, table.documents(),
                             table.size()));
  return 0;
}

}  // namespace

void add_df_command(const CommandContext& context) {
  auto options = std::make_shared<DfOptions>();
  CLI::App* command = context.app.add_subcommand(
      "df", "Count in how many images each n-gram occurs, for CIDEr of small sets");
  command->footer(kExamples);
  command
      ->add_option("inputs", options->inputs, "Reference captions, or files made by this command")
      ->required();
  command->add_option("-o,--output", options->output, "File to write")->required();
  command->add_option("--tokenizer", options->tokenizer, "ptb, icu or char");
  command->add_option("-t,--threads", options->threads, "Threads; 0 is one a core");
  command->add_flag("--replace-invalid", options->read.replace_invalid,
                    "Replace invalid UTF-8 by U+FFFD");
  command->callback([options, context] {
    context.action = [options, &global = context.global] {
      return count_documents(*options, global);
    };
  });
}

}  // namespace vernier
