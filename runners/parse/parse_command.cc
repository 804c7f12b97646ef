#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "datasets/reader.h"
#include "metrics/spice/exact_parser.h"
#include "metrics/spice/fast_parser.h"
#include "metrics/text/tokenizer.h"
#include "runners/commands/commands.h"
#include "runners/parse/parse_output.h"
#include "runners/pipeline/ordered_pipeline.h"
#include "runners/pipeline/progress.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Examples:
  echo "A man is riding a brown horse on the beach." | vernier parse
  vernier parse captions.json -f conllu > captions.conllu
  vernier parse captions.jsonl --parser exact -f spice-parses --edges

Captions are parsed as SPICE sees them: in lower case, punctuation dropped. References in records
are parsed too, as ID:1, ID:2, ...
)";

enum class ParserChoice { kFast, kExact };

struct ParseOptions {
  std::string input = "-", grammar, weights;
  ParserChoice parser = ParserChoice::kFast;
  ParseLayout layout;
  ReadOptions read;
  int threads = 0;
};

struct Block {
  RecordBlock records;
  std::string text;
  std::size_t captions = 0, refused = 0;
};

/// One thread's part.
class BlockParser {
 public:
  BlockParser(const spice::Parser& parser, const text::Tokenizer& tokenizer, ParseLayout layout)
      : tokenizer_(tokenizer), writer_(parser, layout) {}

  void parse(Block& block) {
    for (const Record& record : block.records.records()) {
      std::string source(record.id.empty() ? record.image_id : record.id);
      if (source.empty()) source = std::to_string(record.line);
      if (record.has_text) caption(block, source, record.text);
      for (std::size_t r = 0; r < record.references.size(); ++r) {
        caption(block, fmt::format("{}:{}", source, r + 1), record.references[r]);
      }
    }
  }

 private:
  void caption(Block& block, std::string_view source, std::string_view text) {
    tokens_.clear();
    tokenizer_.tokenize(text, {}, tokens_);
    words_.clear();
    for (std::size_t n = 0; n < tokens_.size(); ++n) words_.push_back(tokens_[n]);
    ++block.captions;
    block.refused += !writer_.append(block.text, source, words_);
  }

  const text::Tokenizer& tokenizer_;
  ParseWriter writer_;
  text::TokenList tokens_;
  std::vector<std::string_view> words_;
};

std::shared_ptr<const spice::Parser> open_parser(const ParseOptions& options) {
  if (options.parser == ParserChoice::kExact) {
    return spice::open_exact_parser(spice::find_grammar(options.grammar));
  }
  return options.weights.empty() ? spice::open_fast_parser()
                                 : spice::open_fast_parser(options.weights);
}

int parse(const ParseOptions& options, const GlobalOptions& global) {
  if ((options.layout.best > 0 || options.layout.lexicon) &&
      (options.parser != ParserChoice::kExact ||
       options.layout.format != ParseFormat::kSpiceParses)) {
    throw Error(ExitCode::kUsage, "--best and --lexicon need --parser exact and -f spice-parses");
  }
  const auto parser = open_parser(options);
  const auto tokenizer = text::open_tokenizer("ptb");
  ReadOptions read = options.read;
  read.block_bytes = 16 << 10;  // some hundred captions: enough to share among threads
  const auto reader = RecordReader::open(options.input, read);
  const unsigned threads = thread_count(options.threads);
  std::vector<std::unique_ptr<BlockParser>> parsers;
  for (unsigned t = 0; t < threads; ++t) {
    parsers.push_back(std::make_unique<BlockParser>(*parser, *tokenizer, options.layout));
  }
  std::size_t refused = 0;
  bool written = false;
  ordered_pipeline<Block>(
      threads, [&](Block& block) { return reader->next(block.records); },
      [&](unsigned thread, Block& block) {
        reader->parse(block.records);
        parsers[thread]->parse(block);
      },
      [&](const Block& block) {
        if (!block.text.empty()) {
          if (written) print(separator(options.layout.format));
          print(block.text);
          written = true;
        }
        refused += block.refused;
      });
  if (refused > 0) {
    remark(global,
           fmt::format("{} captions have a sentence too long to be parsed; left out", refused));
    return static_cast<int>(ExitCode::kIncomplete);
  }
  return 0;
}

}  // namespace

void add_parse_command(const CommandContext& context) {
  auto options = std::make_shared<ParseOptions>();
  CLI::App* command = context.app.add_subcommand(
      "parse", "Parse captions into dependencies and scene-graph tuples, as SPICE does");
  command->footer(kExamples);
  command->add_option("file", options->input, "Captions in any format, or one a line; - is stdin");
  add_choice_option(*command, "-f,--format", options->layout.format,
                    {{"spice-parses", ParseFormat::kSpiceParses},
                     {"conllu", ParseFormat::kConllu},
                     {"json", ParseFormat::kJson}},
                    "Format of the output");
  command->add_flag("--edges", options->layout.edges,
                    "Show the graph that tuples are read from: prepositions in relations");
  command
      ->add_option("--best", options->layout.best,
                   "Also the parses that the N best trees make, as lines #b (exact parser)")
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command->add_flag("--lexicon", options->layout.lexicon,
                    "Also the tags that the grammar gives each word, as lines #l (exact parser)");
  add_choice_option(*command, "--parser", options->parser,
                    {{"fast", ParserChoice::kFast}, {"exact", ParserChoice::kExact}},
                    "fast: our own, needs nothing; exact: as Java's SPICE, needs the grammar");
  command->add_option("--weights", options->weights, "Other weights for the fast parser")
      ->type_name("FILE");
  command->add_option("--grammar", options->grammar, "Grammar of the exact parser")
      ->type_name("FILE");
  add_input_format_option(*command, "--input-format", options->read.format,
                          "Format of the captions, where content misleads (docs/cli.md)");
  add_threads_option(*command, options->threads);
  command->add_flag("--replace-invalid", options->read.replace_invalid,
                    "Replace invalid UTF-8 by U+FFFD");
  command->callback([options, context] {
    context.action = [options, &global = context.global] { return parse(*options, global); };
  });
}

}  // namespace vernier
