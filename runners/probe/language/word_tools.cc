#include "runners/probe/language/word_tools.h"

#include <fmt/format.h>

namespace vernier {

WordTools open_word_tools(const LanguageOptions& options, const GlobalOptions& global) {
  WordTools tools;
  tools.language = open_language_tools(options, true, true, global);
  tools.senses =
      text::SenseNet::open(options.wordnet.empty() ? text::kWordNetFolder : options.wordnet);
  tools.signature = fmt::format("sent:{}|tags:{}|senses:{:08x}", tools.language.splitter_name,
                                tools.language.tagger_name, tools.senses->digest() >> 32);
  return tools;
}

}  // namespace vernier
