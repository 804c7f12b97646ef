#include <fmt/format.h>
#include <unicode/uversion.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json_text.h"
#include "base/paths/data_files.h"
#include "base/printable.h"
#include "metrics/meteor/compile.h"
#include "metrics/meteor/english/stemmer.h"
#include "metrics/meteor/meteor.h"
#include "metrics/spice/exact_parser.h"
#include "metrics/spice/import_grammar.h"
#include "metrics/text/lemmas/word_net.h"
#include "metrics/text/nltk/nltk_data.h"
#include "runners/commands/commands.h"
#include "runners/doctor/engine_checks.h"

namespace vernier {
namespace {

PartCheck check_meteor() {
  const std::string path = default_meteor_data_path();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return {"METEOR data", PartCheck::kMissing,
            fmt::format("not found (first place: {}); build it with: make data", printable(path))};
  }
  try {
    const MeteorDataInfo info = verify_meteor_data(path);
    if (info.paraphrase_entries == 0) {
      return {"METEOR data", PartCheck::kMissing,
              fmt::format("{} has no paraphrases; rebuild it with: vernier data --build-meteor {} "
                          "--paraphrases paraphrase-en.gz, or score with --meteor-no-paraphrase",
                          printable(path), printable(path))};
    }
    return {"METEOR data", PartCheck::kFine,
            fmt::format("{}, {} paraphrases, every byte checked", printable(path),
                        info.paraphrase_entries)};
  } catch (const Error& error) {
    return {"METEOR data", PartCheck::kMissing, error.what()};
  }
}

PartCheck check_grammar() {
  try {
    const std::string path = spice::find_grammar({});
    return {"SPICE grammar", PartCheck::kFine,
            fmt::format("{}, digest {:016x}", printable(path), spice::grammar_digest(path))};
  } catch (const Error& error) {  // a note: spice-fast needs none
    std::error_code ignored;
    const bool damaged = std::filesystem::exists(first_existing(spice::grammar_paths()), ignored);
    return {"SPICE grammar", damaged ? PartCheck::kMissing : PartCheck::kNote, error.what()};
  }
}

PartCheck check_nltk() {
  const std::string path = first_existing(text::nltk_data_paths());
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {  // a note: others serve
    return {"NLTK data", PartCheck::kNote,
            "not found; probes split sentences and tag words with vernier's own tools, or: vernier "
            "data import-nltk DIR"};
  }
  try {
    return {"NLTK data", PartCheck::kFine,
            fmt::format("{}, digest {:016x}", printable(path), text::NltkData::open(path)->digest)};
  } catch (const Error& error) {
    return {"NLTK data", PartCheck::kMissing, error.what()};
  }
}

PartCheck check_wordnet() {
  std::error_code ignored;
  const std::string folder = text::kWordNetFolder;
  if (!std::filesystem::exists(folder + "/index.noun", ignored)) {
    return {"WordNet", PartCheck::kNote,
            fmt::format("{}: not found; probe chair --normaliser wnpos and wn and probe amber need "
                        "it (Debian: wordnet-base)",
                        folder)};
  }
  return {"WordNet", PartCheck::kFine, folder};
}

PartCheck check_stemmer() {
  try {
    const meteor::Stemmer probe;
    return {"stemmer", PartCheck::kFine, "libstemmer has the English stems that METEOR needs"};
  } catch (const Error& error) {
    return {"stemmer", PartCheck::kMissing, error.what()};
  }
}

PartCheck check_icu() {
  UVersionInfo version;
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_getVersion(version);
  u_versionToString(version, text);
  return {"ICU", PartCheck::kFine, text};
}

PartCheck check_memory() {
  constexpr double kGiB = 1 << 30;
  const double page = static_cast<double>(sysconf(_SC_PAGE_SIZE));
  return {"memory", PartCheck::kNote,
          fmt::format("{:.1f} GiB, {:.1f} GiB of it free",
                      page * static_cast<double>(sysconf(_SC_PHYS_PAGES)) / kGiB,
                      page * static_cast<double>(sysconf(_SC_AVPHYS_PAGES)) / kGiB)};
}

PartCheck check_temporary_folder() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  const auto space = error ? std::filesystem::space_info{} : std::filesystem::space(folder, error);
  if (error || access(folder.c_str(), W_OK) != 0) {
    return {"temporary folder", PartCheck::kMissing,
            fmt::format("{} cannot be written; set TMPDIR to a folder that can (inputs larger than "
                        "memory are kept there)",
                        printable(folder.string()))};
  }
  return {"temporary folder", PartCheck::kFine,
          fmt::format("{}, {:.1f} GiB free", printable(folder.string()),
                      static_cast<double>(space.available) / (1 << 30))};
}

PartCheck check_terminal() {
  const bool terminal = isatty(STDERR_FILENO) == 1;
  const char* no_color = std::getenv("NO_COLOR");
  std::string text = terminal ? "stderr is one: progress is shown" : "none: no progress is shown";
  if (no_color != nullptr && *no_color != '\0') text += "; NO_COLOR is set";
  return {"terminal", PartCheck::kNote, text};
}

int doctor(OutputFormat format) {
  const std::vector<PartCheck> checks = {{"vernier", PartCheck::kFine, VERNIER_VERSION},
                                         check_meteor(),
                                         check_grammar(),
                                         check_nltk(),
                                         check_wordnet(),
                                         check_stemmer(),
                                         check_icu(),
                                         check_default_model(),
                                         check_instructions(),
                                         check_devices(),
                                         check_http(),
                                         check_limits(),
                                         check_memory(),
                                         check_temporary_folder(),
                                         check_terminal()};
  constexpr std::string_view kKinds[] = {"ok", "note", "missing"};
  bool complete = true;
  std::string lines, entries;
  for (const PartCheck& f : checks) {
    complete = complete && f.kind != PartCheck::kMissing;
    lines += fmt::format("{:<8} {:<17} {}\n", kKinds[f.kind], f.part, f.text);
    if (!entries.empty()) entries += ',';
    entries += "{\"part\":";
    append_json_string(entries, f.part);
    entries += fmt::format(",\"state\":\"{}\",\"text\":", kKinds[f.kind]);
    append_json_string(entries, f.text);
    entries += '}';
  }
  print(format == OutputFormat::kJson
            ? fmt::format("{{\"schema\":\"vernier.doctor/1\",\"complete\":{},\"parts\":[{}]}}\n",
                          complete, entries)
            : lines);
  return static_cast<int>(complete ? ExitCode::kOk : ExitCode::kResource);
}

}  // namespace

void add_doctor_command(const CommandContext& context) {
  auto format = std::make_shared<OutputFormat>(OutputFormat::kTable);
  CLI::App* command =
      context.app.add_subcommand("doctor", "Check that all parts vernier needs are installed");
  add_format_option(*command, *format, {OutputFormat::kTable, OutputFormat::kJson});
  command->callback([format, context] { context.action = [format] { return doctor(*format); }; });
}

}  // namespace vernier
