#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/paths/data_files.h"
#include "base/printable.h"
#include "metrics/text/nltk/nltk_data.h"
#include "runners/data/import_commands.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
CHAIR and AMBER split sentences and tag words with NLTK's data, which is not part of vernier. With it
their published numbers come out to the digit.

Examples:
  python3 -m nltk.downloader punkt_tab averaged_perceptron_tagger_eng
  vernier data import-nltk ~/nltk_data
)";

struct ImportOptions {
  std::string folder, output;
};

}  // namespace

void add_import_nltk_command(CLI::App& data, const CommandContext& context) {
  auto options = std::make_shared<ImportOptions>();
  options->output = user_data_path(text::kNltkFile);
  CLI::App* command = data.add_subcommand(
      "import-nltk", "Install NLTK's sentence parameters and tagger, for probes of captions");
  command->footer(kExamples);
  command
      ->add_option("folder", options->folder,
                   "NLTK's data: holds tokenizers/punkt_tab and "
                   "taggers/averaged_perceptron_tagger_eng, unpacked")
      ->type_name("DIR")
      ->required();
  command->add_option("-o,--output", options->output, "Where to put it")
      ->type_name("FILE")
      ->capture_default_str();
  command->callback([options, context] {
    context.action = [options] {
      const text::NltkData read = text::read_nltk_folder(options->folder);
      text::write_nltk_data(read, options->output);
      print(fmt::format("{}  {} abbreviations, {} tagger weights  digest {:016x}\n",
                        printable(options->output), read.punkt.abbreviations.size(),
                        read.tagger.weights.size(), read.digest));
      return 0;
    };
  });
}

}  // namespace vernier
