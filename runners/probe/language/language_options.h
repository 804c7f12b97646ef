// Where probes get their language tools from.
#pragma once

#include <string>

#include "judges/probes/language/language_tools.h"
#include "runners/commands/commands.h"

namespace CLI {
class App;
}  // namespace CLI

namespace vernier {

struct LanguageOptions {
  std::string nltk;     ///< compiled file or folder; empty: the installed one, where there is one
  std::string wordnet;  ///< folder
  bool own = false;     ///< vernier's splitter and tagger though NLTK's are installed
};

void add_language_options(CLI::App& command, LanguageOptions& options);

/// Opens what a probe needs. Without NLTK's data vernier's own splitter and tagger serve, and a
/// remark says so. Throws Error(kResource) for WordNet that is not there.
probes::LanguageTools open_language_tools(const LanguageOptions& options, bool tagger,
                                          bool word_net, const GlobalOptions& global);

}  // namespace vernier
