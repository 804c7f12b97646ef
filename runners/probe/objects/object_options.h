// What probes of objects in captions are told: which objects images have, which words name them.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "judges/probes/object/chair/image_objects.h"
#include "judges/probes/object/words/normaliser.h"
#include "runners/commands/commands.h"
#include "runners/probe/language/language_options.h"

namespace vernier {

struct ObjectOptions {
  std::string objects, synonyms;  ///< paths; no synonyms: the 80 classes of COCO
  probes::Normalisation normalisation = probes::Normalisation::kPattern;
  LanguageOptions language;
};

/// Adds --objects (returned), --synonyms, --normaliser and the language tools.
CLI::Option* add_object_options(CLI::App& command, ObjectOptions& options);

probes::ObjectVocabulary open_vocabulary(const ObjectOptions& options);
/// The tools that the normalisation needs.
probes::LanguageTools open_language_tools(const ObjectOptions& options,
                                          const GlobalOptions& global);

}  // namespace vernier
