#include <CLI/CLI.hpp>
#include <memory>

#include "datasets/reader.h"
#include "metrics/text/tokenizer.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

struct TokenizeOptions {
  std::string input = "-", tokenizer = "ptb";
  ReadOptions read;
};

int tokenize(const TokenizeOptions& options) {
  const auto tokenizer = text::open_tokenizer(options.tokenizer);
  ReadOptions read = options.read;
  read.format = Format::kLines;
  const auto reader = RecordReader::open(options.input, read);
  RecordBlock block;
  text::TokenList tokens;
  std::string out, held;
  bool holding = false;
  // One line behind: the PTB tokeniser may look at the next line.
  const auto flush = [&](std::string_view following) {
    if (!holding) return;
    tokens.clear();
    tokenizer->tokenize(held, following, tokens);
    out += tokens.joined();
    out += '\n';
  };
  while (reader->next(block)) {
    reader->parse(block);
    for (const Record& record : block.records()) {
      flush(record.text);
      held = record.text;
      holding = true;
    }
    print(out);
    out.clear();
  }
  flush({});
  print(out);
  return 0;
}

}  // namespace

void add_tokenize_command(const CommandContext& context) {
  auto options = std::make_shared<TokenizeOptions>();
  CLI::App* command =
      context.app.add_subcommand("tokenize", "Split lines into tokens as the metrics do");
  std::string names;
  for (const auto& info : text::tokenizers()) {
    names += "\n  " + std::string(info.name) + std::string(16 - info.name.size(), ' ') +
             std::string(info.description);
  }
  command->footer("\nTokenizers:" + names +
                  "\n\nExample:\n  echo \"A man can't stop.\" | vernier tokenize\n");
  command->add_option("file", options->input, "One text a line; - is stdin");
  command->add_option("--tokenizer", options->tokenizer, "One of the tokenizers below");
  command->add_flag("--replace-invalid", options->read.replace_invalid,
                    "Replace invalid UTF-8 by U+FFFD");
  command->callback(
      [options, context] { context.action = [options] { return tokenize(*options); }; });
}

}  // namespace vernier
