#include "runners/probe/language/language_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "base/error.h"
#include "base/paths/data_files.h"
#include "base/printable.h"
#include "metrics/spice/fast_tagger.h"
#include "metrics/text/nltk/nltk_data.h"
#include "metrics/text/tags/perceptron_tagger.h"

namespace vernier {
namespace {

namespace fs = std::filesystem;

/// Null where there is none and none was asked for.
std::shared_ptr<const text::NltkData> open_nltk(const LanguageOptions& options) {
  if (options.own) return nullptr;
  std::error_code ignored;
  if (!options.nltk.empty() && fs::is_directory(options.nltk, ignored)) {
    return std::make_shared<text::NltkData>(text::read_nltk_folder(options.nltk));
  }
  if (!options.nltk.empty()) return text::NltkData::open(options.nltk);
  const std::string path = first_existing(text::nltk_data_paths());
  if (!fs::exists(path, ignored)) return nullptr;
  return text::NltkData::open(path);
}

/// A tagger that keeps the data alive it reads.
class NltkTagger final : public text::Tagger {
 public:
  explicit NltkTagger(std::shared_ptr<const text::NltkData> data)
      : data_(std::move(data)), tagger_(data_->tagger) {}
  std::string_view name() const override { return tagger_.name(); }
  void tag(const text::TokenList& tokens, std::vector<std::string_view>& tags) const override {
    tagger_.tag(tokens, tags);
  }

 private:
  std::shared_ptr<const text::NltkData> data_;
  text::PerceptronTagger tagger_;
};

}  // namespace

void add_language_options(CLI::App& command, LanguageOptions& options) {
  constexpr const char* kGroup = "Language tools";
  command
      .add_option("--nltk", options.nltk,
                  "NLTK's data: a folder, or what `vernier data import-nltk` made (default: the "
                  "installed one)")
      ->type_name("PATH")
      ->group(kGroup);
  command.add_option("--wordnet", options.wordnet, "Folder of the WordNet 3.0 files")
      ->type_name("DIR")
      ->default_str(text::kWordNetFolder)
      ->group(kGroup);
  command
      .add_flag("--own-tools", options.own,
                "vernier's own sentence splitter and tagger (another signature)")
      ->group(kGroup);
}

probes::LanguageTools open_language_tools(const LanguageOptions& options, bool tagger,
                                          bool word_net, const GlobalOptions& global) {
  probes::LanguageTools tools;
  if (const auto nltk = open_nltk(options)) {
    tools.from_nltk = true;
    tools.punkt = std::shared_ptr<const text::PunktParameters>(nltk, &nltk->punkt);
    tools.splitter_name = fmt::format("punkt({:08x})", nltk->digest >> 32);
    if (tagger) {
      tools.tagger = std::make_shared<NltkTagger>(nltk);
      tools.tagger_name = fmt::format("{}({:08x})", tools.tagger->name(), nltk->digest >> 32);
    }
  } else {
    if (!options.own) {
      remark(global,
             fmt::format("NLTK's data is not installed: vernier's own sentence splitter{} instead, "
                         "so numbers may differ from published ones in the last digits; for equal "
                         "ones: vernier data import-nltk DIR",
                         tagger ? " and tagger serve" : " serves"));
    }
    tools.punkt = std::shared_ptr<const text::PunktParameters>(std::shared_ptr<void>(),
                                                               &text::built_in_punkt_parameters());
    tools.splitter_name = "punkt(built-in)";
    if (tagger) {
      tools.tagger = spice::open_fast_tagger();
      tools.tagger_name = tools.tagger->name();
    }
  }
  if (word_net) {
    tools.word_net =
        text::WordNet::open(options.wordnet.empty() ? text::kWordNetFolder : options.wordnet);
    tools.word_net_name = fmt::format("wordnet({:08x})", tools.word_net->digest() >> 32);
  }
  return tools;
}

}  // namespace vernier
