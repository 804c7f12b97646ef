#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "metrics/meteor/compile.h"
#include "metrics/meteor/meteor.h"
#include "metrics/spice/exact_parser.h"
#include "metrics/spice/import_grammar.h"
#include "metrics/text/nltk/nltk_data.h"
#include "runners/commands/commands.h"
#include "runners/data/import_commands.h"

namespace vernier {
namespace {

constexpr const char* kExamples = R"(
Examples:
  vernier data                               the data files found here
  vernier data --verify meteor-en.bin        check every byte of one
  vernier data --build-meteor ~/.local/share/vernier/meteor-en.bin --paraphrases paraphrase-en.gz
  vernier data import-grammar stanford-corenlp-3.6.0-models.jar
  vernier data import-nltk ~/nltk_data

WordNet 3.0 comes with Debian's package wordnet-base; paraphrase-en.gz with the PyPI package
pycocoevalcap (folder meteor/data) or with Meteor 1.5. `make data` does all of it. SPICE's grammar
is in the models of CoreNLP 3.6.0 (Maven); `make grammar` fetches it.
)";

struct DataOptions {
  std::string build, paraphrases, verify, wordnet = kDebianWordNet;
  OutputFormat format = OutputFormat::kTable;
  bool json() const { return format == OutputFormat::kJson; }
};

std::string digest(const MeteorDataInfo& info) {
  return fmt::format("{:016x}-{:016x}", info.wordnet_digest, info.paraphrase_digest);
}

std::string summary(const std::string& path, const MeteorDataInfo& info) {
  return fmt::format("{}  {} bytes  {} paraphrases  digest {}", printable(path), info.file_bytes,
                     info.paraphrase_entries, digest(info));
}

std::string json_entry(const std::string& path, const MeteorDataInfo& info) {
  std::string out = "{\"kind\":\"meteor-en\",\"path\":";
  append_json_string(out, path);
  return out + fmt::format(",\"bytes\":{},\"paraphrases\":{},\"digest\":\"{}\"}}", info.file_bytes,
                           info.paraphrase_entries, digest(info));
}

std::string json_document(const std::string& entries) {
  return "{\"schema\":\"vernier.data/1\",\"files\":[" + entries + "]}\n";
}

void refuse_overwriting(const DataOptions& options) {
  std::error_code error;
  if (!options.paraphrases.empty() &&
      std::filesystem::equivalent(options.build, options.paraphrases, error) && !error) {
    throw Error(ExitCode::kUsage,
                fmt::format("{}: the data would overwrite the paraphrase table; give "
                            "--build-meteor another name",
                            options.build));
  }
}

int build(const DataOptions& options, const GlobalOptions& global) {
  refuse_overwriting(options);
  if (options.paraphrases.empty()) {
    remark(global, "no --paraphrases: METEOR will need --meteor-no-paraphrase with this file");
  }
  const MeteorDataInfo info =
      compile_meteor_data(options.wordnet, options.paraphrases, options.build);
  print(options.json() ? json_document(json_entry(options.build, info))
                       : summary(options.build, info) + "\n");
  return 0;
}

int verify(const DataOptions& options) {
  const MeteorDataInfo info = verify_meteor_data(options.verify);
  print(options.json() ? json_document(json_entry(options.verify, info))
                       : summary(options.verify, info) + "  whole\n");
  return 0;
}

/// Files of one kind: the first found is used, the others are hidden by it.
struct Listing {
  std::string text, entries;

  template <class Describe>
  void add(std::string_view kind, const std::vector<std::string>& paths, Describe describe,
           const GlobalOptions& global) {
    bool used = false;
    for (const std::string& path : paths) {
      std::error_code ignored;
      if (!std::filesystem::exists(path, ignored)) continue;
      try {
        const auto [summary, entry] = describe(path);
        text += fmt::format("{}  {:<13}  {}\n", used ? "hidden" : "used  ", kind, summary);
        entries += (entries.empty() ? "" : ",") + entry;
        used = true;
      } catch (const Error& error) {
        remark(global, error.what());
      }
    }
    if (!used) {
      text += fmt::format("none    {:<13}  looked for", kind);
      for (const std::string& path : paths) text += "\n          " + printable(path);
      text += '\n';
    }
  }
};

std::pair<std::string, std::string> describe_meteor(const std::string& path) {
  const MeteorDataInfo info = read_meteor_data_info(path);
  return {summary(path, info), json_entry(path, info)};
}

std::pair<std::string, std::string> describe_nltk(const std::string& path) {
  const auto data = text::NltkData::open(path);
  std::string entry = "{\"kind\":\"nltk\",\"path\":";
  append_json_string(entry, path);
  entry += fmt::format(",\"digest\":\"{:016x}\"}}", data->digest);
  return {fmt::format("{}  {} abbreviations, {} tagger weights  digest {:016x}", printable(path),
                      data->punkt.abbreviations.size(), data->tagger.weights.size(), data->digest),
          entry};
}

std::pair<std::string, std::string> describe_grammar(const std::string& path) {
  const std::uint64_t digest = spice::grammar_digest(path);
  std::string entry = "{\"kind\":\"spice-grammar\",\"path\":";
  append_json_string(entry, path);
  entry += fmt::format(",\"digest\":\"{:016x}\"}}", digest);
  return {fmt::format("{}  digest {:016x}", printable(path), digest), entry};
}

// All places, so that one sees which file wins and why.
int list(const DataOptions& options, const GlobalOptions& global) {
  Listing listing;
  listing.add("METEOR", meteor_data_paths(), describe_meteor, global);
  listing.add("SPICE grammar", spice::grammar_paths(), describe_grammar, global);
  listing.add("NLTK", text::nltk_data_paths(), describe_nltk, global);
  print(options.json() ? json_document(listing.entries)
                       : listing.text +
                             "build or fetch them with: make data, make grammar (or "
                             "vernier data --help)\n");
  return 0;
}

}  // namespace

void add_data_command(const CommandContext& context) {
  auto options = std::make_shared<DataOptions>();
  CLI::App* command =
      context.app.add_subcommand("data", "Build, check or list the data files that metrics need");
  command->footer(kExamples);
  CLI::Option* build_option =
      command->add_option("--build-meteor", options->build, "Compile METEOR's data to this file");
  command
      ->add_option("--paraphrases", options->paraphrases,
                   "METEOR's table paraphrase-en.gz (without: no paraphrase matches)")
      ->needs(build_option);
  command->add_option("--wordnet", options->wordnet, "Folder of the WordNet 3.0 files")
      ->capture_default_str()
      ->needs(build_option);
  command->add_option("--verify", options->verify, "Check every byte of a compiled file")
      ->excludes(build_option);
  add_format_option(*command, options->format, {OutputFormat::kTable, OutputFormat::kJson});
  add_import_grammar_command(*command, context);
  add_import_nltk_command(*command, context);
  command->callback([options, context, command] {
    if (!command->get_subcommands().empty()) return;  // it has set the action
    context.action = [options, &global = context.global] {
      if (!options->build.empty()) return build(*options, global);
      if (!options->verify.empty()) return verify(*options);
      return list(*options, global);
    };
  });
}

}  // namespace vernier
