// What probes of objects in captions are told: which objects images have, which words name them.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/object/chair/image_objects.h"
#include "judges/probes/object/words/normaliser.h"
#include "runners/commands/commands.h"
#include "runners/probe/language/language_options.h"

namespace CLI {
class App;
}  // namespace CLI

namespace vernier {

struct ObjectOptions {
  std::string objects, synonyms;                   ///< paths; no synonyms: the 80 classes of COCO
  std::vector<std::string> instances, references;  ///< of which objects are made otherwise
  probes::Normalisation normalisation = probes::Normalisation::kPattern;
  LanguageOptions language;

  /// Whether it is said what images have.
  bool given() const { return !objects.empty() || !instances.empty() || !references.empty(); }
  /// The files that say it, for messages.
  std::string name() const;
  /// All files but captions, which no output may overwrite.
  std::vector<std::string> inputs() const;
};

/// Adds --objects, --instances, --references, --synonyms, --normaliser and the language tools.
void add_object_options(CLI::App& command, ObjectOptions& options);

probes::ObjectVocabulary open_vocabulary(const ObjectOptions& options);
/// The tools that the normalisation needs.
probes::LanguageTools open_language_tools(const ObjectOptions& options,
                                          const GlobalOptions& global);

/// The objects of images: those of --objects, and what COCO's annotations outline, and what
/// references name, as CHAIR puts them together. Throws Error(kBadInput) for a category that is no
/// class of the vocabulary.
probes::ImageObjects open_objects(const ObjectOptions& options,
                                  const probes::ObjectVocabulary& vocabulary,
                                  const probes::LanguageTools& tools, unsigned threads);

}  // namespace vernier
