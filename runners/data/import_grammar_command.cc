#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/paths/data_files.h"
#include "base/printable.h"
#include "metrics/spice/import_grammar.h"
#include "runners/data/import_commands.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Examples:
  vernier data import-grammar stanford-corenlp-3.6.0-models.jar
  vernier data import-grammar englishPCFG.ser.gz -o /usr/local/share/vernier/englishPCFG.ser.gz

The jar is on Maven: edu.stanford.nlp:stanford-corenlp:3.6.0, classifier models (360 MB, of which
2 MB are the grammar; GPL). `make grammar` fetches it and does this.
)";

struct ImportOptions {
  std::string input, output;
};

}  // namespace

void add_import_grammar_command(CLI::App& data, const CommandContext& context) {
  auto options = std::make_shared<ImportOptions>();
  options->output = user_data_path("englishPCFG.ser.gz");
  CLI::App* command =
      data.add_subcommand("import-grammar", "Install the grammar that SPICE's exact parser needs");
  command->footer(kExamples);
  command
      ->add_option("file", options->input,
                   "englishPCFG.ser.gz, or the jar of the CoreNLP 3.6.0 models")
      ->type_name("JAR_OR_FILE")
      ->required();
  command->add_option("-o,--output", options->output, "Where to put it")
      ->type_name("FILE")
      ->capture_default_str();
  command->callback([options, context] {
    context.action = [options] {
      refuse_output_over_input(options->output, {options->input}, "grammar");
      const std::uint64_t digest = spice::import_grammar(options->input, options->output);
      print(fmt::format("{}  digest {:016x}\n", printable(options->output), digest));
      return 0;
    };
  });
}

}  // namespace vernier
