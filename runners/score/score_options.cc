#include "runners/score/score_options.h"

#include <CLI/CLI.hpp>
#include <sstream>

#include "runners/commands/commands.h"

namespace vernier {
namespace {

void add_input_options(CLI::App& command, CorpusOptions& options) {
  command
      .add_option("candidates", options.candidates,
                  "Candidate captions; - is stdin. Formats are told apart by content")
      ->type_name("FILE")
      ->required();
  command
      .add_option("-r,--references", options.references,
                  "Reference captions, when the candidate records do not hold them")
      ->type_name("FILE");
  const auto flag = [&](const char* name, bool& value, const char* what) {
    command.add_flag(name, value, what)->group("Input");
  };
  flag("--ignore-extra", options.ignore_extra, "Drop and count candidates that have no references");
  flag("--subset", options.subset,
       "Score what has a candidate; count references without one (document frequencies are then "
       "those of the subset)");
  flag("--several-per-image", options.several_per_image,
       "Number the candidates of one image instead of refusing the second");
  flag("--replace-invalid", options.read.replace_invalid,
       "Replace invalid UTF-8 by U+FFFD and count it");
  flag("--allow-truncated", options.read.allow_truncated,
       "Accept an input that ends inside a record; count it");
  command
      .add_option("--max-text-bytes", options.read.max_text_bytes,
                  "Refuse captions longer than this")
      ->check(CLI::Range(1, 1 << 30).description(""))
      ->type_name("BYTES")
      ->capture_default_str()
      ->group("Input");
  add_input_format_option(command, "--input-format", options.read.format,
                          "Format of the candidates, where content misleads (docs/cli.md)")
      ->group("Input");
  add_input_format_option(command, "--reference-format", options.reference_format,
                          "The same for reference files")
      ->group("Input");
  const auto field = [&](const char* name, std::string& value, const char* what) {
    command.add_option(name, value, what)->type_name("NAME")->group("Input");
  };
  field("--text-field", options.read.fields.text, "Field that holds the candidate");
  field("--references-field", options.read.fields.references, "Field that holds the references");
  field("--id-field", options.read.fields.id, "Field that names the sample");
  field("--image-field", options.read.fields.image_id, "Field that names the image");
  command
      .add_option("--split", options.read.split,
                  "Split of a Karpathy file: train, restval, val, test or all")
      ->type_name("NAME")
      ->capture_default_str()
      ->group("Input");
}

void add_caption_metric_options(CLI::App& command, MetricOptions& options) {
  constexpr const char* kGroup = "Caption metrics";
  command
      .add_option("--tokenizer", options.tokenizer,
                  "Tokens of BLEU, ROUGE-L and CIDEr: ptb, icu or char")
      ->type_name("NAME")
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option("--df", options.document_frequencies,
                  "Stored document frequencies for CIDEr (vernier df makes them)")
      ->type_name("FILE")
      ->group(kGroup);
  command
      .add_flag_callback(
          "--meteor-no-paraphrase", [&options] { options.meteor_paraphrase = false; },
          "METEOR without its paraphrase table (another signature)")
      ->group(kGroup);
  command
      .add_option("--meteor-data", options.meteor_data,
                  "Compiled METEOR data (default: the installed one, see vernier data)")
      ->type_name("FILE")
      ->group(kGroup);
  command
      .add_option("--spice-grammar", options.spice_grammar,
                  "Grammar of SPICE's parser (default: the installed one, see vernier data)")
      ->type_name("FILE")
      ->group(kGroup);
}

void add_sacrebleu_options(CLI::App& command, MetricOptions& options) {
  constexpr const char* kGroup = "sacrebleu, chrf, chrf++, ter, rouge-1 ... rouge-lsum";
  const auto flag = [&](const char* name, bool& value, const char* what) {
    command.add_flag(name, value, what)->group(kGroup);
  };
  command
      .add_option("--sacrebleu-tokenizer", options.sacrebleu.tokenizer,
                  "13a, intl, char, zh or none")
      ->type_name("NAME")
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option("--smooth-method", options.sacrebleu.smoothing,
                  "BLEU smoothing: exp, floor, add-k or none")
      ->type_name("NAME")
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option("--smooth-value", options.sacrebleu.smooth_value,
                  "Of floor (default 0.1) and add-k (1)")
      ->group(kGroup);
  flag("--effective-order", options.sacrebleu.effective_order,
       "Corpus BLEU: leave out orders that no candidate is long enough for");
  command
      .add_flag_callback(
          "--lowercase",
          [&options] { options.sacrebleu.lowercase = options.chrf.lowercase = true; },
          "Ignore case in sacrebleu, chrf and chrf++")
      ->group(kGroup);
  command.add_option("--chrf-char-order", options.chrf.char_order, "Longest character n-grams")
      ->capture_default_str()
      ->group(kGroup);
  command.add_option("--chrf-beta", options.chrf.beta, "Weight of recall against precision")
      ->capture_default_str()
      ->group(kGroup);
  flag("--chrf-whitespace", options.chrf.whitespace, "Character n-grams run over blanks");
  flag("--chrf-eps-smoothing", options.chrf.eps_smoothing, "Mean of the orders' F");
  flag("--ter-normalized", options.ter.normalized, "Split off punctuation first");
  flag("--ter-no-punct", options.ter.no_punct, "Leave punctuation out");
  flag("--ter-asian-support", options.ter.asian_support, "Chinese characters are words");
  flag("--ter-case-sensitive", options.ter.case_sensitive, "Do not ignore case");
  flag("--stem", options.rouge_stem, "Compare Porter stems in rouge-1 ... rouge-lsum");
}

void add_shard_option(CLI::App& command, Shard& shard) {
  command
      .add_option_function<std::string>(
          "--shard",
          [&shard](const std::string& text) {
            unsigned number = 0, count = 0;
            char slash = 0, rest = 0;
            std::istringstream in(text);
            if (!(in >> number >> slash >> count) || in >> rest || slash != '/' || number < 1 ||
                number > count) {
              throw CLI::ValidationError("--shard", text + ": expected K/N, from 1/N to N/N");
            }
            shard = {number, count};
          },
          "Measure only the K-th of N parts of the samples (vernier merge)")
      ->type_name("K/N");
}

}  // namespace

void add_metric_options(CLI::App& command, MetricOptions& options) {
  add_caption_metric_options(command, options);
  add_sacrebleu_options(command, options);
}

void add_score_options(CLI::App& command, ScoreOptions& options) {
  add_metrics_option(command, options.metrics,
                     "Metrics, separated by commas (vernier list); default: all caption metrics "
                     "whose data is installed");
  command.add_option("-o,--output", options.output, "Run file to write (.gz and .zst compress)")
      ->type_name("RUN");
  add_format_option(
      command, options.format,
      {OutputFormat::kTable, OutputFormat::kJson, OutputFormat::kCsv, OutputFormat::kMarkdown});
  add_threads_option(command, options.threads);
  command.add_flag("--compact", options.compact, "Leave texts out of the run file");
  command.add_flag("--resume", options.resume,
                   "Go on with the interrupted run in RUN.part or refuse; without this flag it is "
                   "overwritten when it is of other input");
  add_shard_option(command, options.corpus.shard);
  add_slices_option(command, options.by);
  add_input_options(command, options.corpus);
  add_metric_options(command, options.metric);
}

}  // namespace vernier
