// What checking words takes.
#pragma once

#include <memory>
#include <string>

#include "judges/probes/language/language_tools.h"
#include "metrics/text/senses/sense_net.h"
#include "runners/probe/language/language_options.h"

namespace vernier {

struct WordTools {
  probes::LanguageTools language;
  std::shared_ptr<const text::SenseNet> senses;
  std::string signature;  ///< of both
};

/// Throws Error(kResource) for WordNet that is not there.
WordTools open_word_tools(const LanguageOptions& options, const GlobalOptions& global);

}  // namespace vernier
