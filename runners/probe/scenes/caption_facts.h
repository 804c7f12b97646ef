// Scene graphs of captions, for the probes that look at what captions claim.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/scene/fact.h"
#include "metrics/spice/syntax/parser.h"
#include "metrics/text/sentences/punkt_parameters.h"
#include "metrics/text/tokenizer.h"

namespace CLI {
class App;
}  // namespace CLI

namespace vernier {

struct SceneOptions {
  bool exact = false;   ///< the parser of SPICE 1.0, which needs the grammar
  std::string grammar;  ///< of the exact parser; empty: the installed one
  bool sides = false;   ///< "to the left of" is one relation (judges/probes/scene/sides.h)
};

/// Adds --parser and --grammar.
void add_scene_options(CLI::App& command, SceneOptions& options);

/// Reads facts off texts. Immutable and thread safe.
class FactFinder {
 public:
  /// The parameters tell sentences apart and must outlive it. Throws Error(kResource) where the
  /// exact parser's grammar is missing.
  FactFinder(const SceneOptions& options, const text::PunktParameters& punkt);

  /// The facts of each text, whatever the number of threads. Each sentence is parsed by itself, as
  /// SPICE would parse it: in lower case, punctuation dropped.
  std::vector<probes::Facts> find(std::span<const std::string_view> texts, unsigned threads) const;

  /// Of the parser, for signatures.
  const std::string& signature() const { return signature_; }

 private:
  std::shared_ptr<const spice::Parser> parser_;
  std::shared_ptr<const text::Tokenizer> tokenizer_;
  const text::PunktParameters& punkt_;
  bool sides_;
  std::string signature_;
};

}  // namespace vernier
