// AMBER over a file of responses.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/language/degeneracy.h"
#include "judges/probes/object/amber/amber_scores.h"
#include "runners/commands/commands.h"
#include "runners/probe/language/language_options.h"

namespace vernier {

struct AmberOptions {
  std::string responses, annotations;
  LanguageOptions language;
  bool replace_invalid = false;
  int threads = 0;
};

struct AmberStudy {
  std::string name;  ///< of the responses, printable
  struct Description {
    std::string id, text;
    probes::AmberAnnotation image;
    probes::JudgedResponse judged;
  };
  std::vector<Description> descriptions;  ///< in the order of the file
  probes::AmberGenerative texts;
  probes::AmberQuestions questions;  ///< answers word for word, as the official script
  probes::AmberQuestions strict;     ///< answers as the parser "strict" reads them
  std::uint64_t repeated = 0;        ///< records that say what one before them says
  std::uint64_t descriptions_asked = 0, questions_asked = 0;  ///< by the annotations
  probes::Degeneracy degeneracy;                              ///< of the descriptions
  std::string signature;
};

/// Responses that are missing shrink the counts, as in the official script. Throws Error(kBadInput)
/// for ids that AMBER does not have or that have two responses.
AmberStudy study_amber(const AmberOptions& options, const GlobalOptions& global);

}  // namespace vernier
