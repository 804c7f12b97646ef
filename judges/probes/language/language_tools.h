// What probes read English with.
#pragma once

#include <memory>
#include <string>

#include "metrics/text/lemmas/word_net.h"
#include "metrics/text/sentences/punkt_parameters.h"
#include "metrics/text/tags/tagger.h"

namespace vernier::probes {

/// Published CHAIR and AMBER numbers come from NLTK's data; without it others serve, under another
/// signature. What a probe does not need may be null.
struct LanguageTools {
  std::shared_ptr<const text::PunktParameters> punkt;
  std::shared_ptr<const text::Tagger> tagger;
  std::shared_ptr<const text::WordNet> word_net;
  std::string splitter_name, tagger_name, word_net_name;  ///< for signatures
  bool from_nltk = false;
};

}  // namespace vernier::probes
