// Texts in which people marked what is invented: HAT and nocaps-FOIL (Petryk et al. 2024, "ALOHa"),
// FaithScore (Jing et al. 2023).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/probes/language/caption_tokens.h"

namespace vernier::probes {

struct LabelledText {
  std::string id;           ///< within the file
  std::uint32_t image = 0;  ///< a number: texts of one image are a cluster
  std::string text;
  bool invented = false;               ///< whether something in it is
  std::vector<CharacterRange> places;  ///< of it, where that is known
  std::string group;                   ///< nocaps' domain; else empty

  /// Whether something there was marked.
  bool marks(CharacterRange place) const;
};

struct LabelledTexts {
  std::string format;  ///< hat, foil or faithscore
  std::string name;    ///< printable path
  std::vector<LabelledText> texts;
  std::vector<std::string> images;                   ///< ids
  std::vector<std::vector<std::string>> references;  ///< by image; none in FaithScore's
  /// Of FaithScore's answers: shares of supported facts, and of descriptive sub-sentences; the file
  /// does not say which facts are of which sub-sentence. NaN where an answer has none.
  std::vector<double> fact_scores, descriptive_shares;
};

/// Reads one of the three, told apart by their fields: HAT's {caption, references, grounding},
/// FOIL's {baseline, foil, replacement, references}, FaithScore's {id, answer, "stage 2"}, of which
/// each fact is a text. Throws Error(kBadInput), FILE:LINE:, for what is none of them.
LabelledTexts read_labelled_texts(const std::string& path);

}  // namespace vernier::probes
