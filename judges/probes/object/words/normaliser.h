// The forms in which CHAIR looks words up.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/language/caption_tokens.h"
#include "judges/probes/language/language_tools.h"

namespace vernier::probes {

enum class Normalisation : std::uint8_t {
  kPattern,        ///< pattern.en singulars: the first script, POPE's paper
  kTaggedWordNet,  ///< WordNet lemmas by part of speech: OPERA's script and its relatives
  kWordNetNouns,   ///< WordNet noun lemmas of all words
};

/// pattern, wnpos, wn.
const char* normalisation_name(Normalisation normalisation);
std::optional<Normalisation> parse_normalisation(std::string_view name);

/// One thread's part. A word is normalised once and remembered.
class Normaliser {
 public:
  /// The tools must outlive it and hold what the normalisation needs: a tagger for kTaggedWordNet,
  /// WordNet for it and kWordNetNouns.
  Normaliser(Normalisation normalisation, const LanguageTools& tools)
      : normalisation_(normalisation), tools_(tools) {}

  /// Appends the form of each token. Tags are those of all tokens as one sequence, whatever their
  /// sentences. The views live as long as this object.
  void normalise(const text::TokenList& words, std::vector<std::string_view>& forms);

 private:
  std::string_view form(std::string_view word, std::optional<text::WordClass> word_class);

  Normalisation normalisation_;
  const LanguageTools& tools_;
  // By word, for each word class; words of captions are few, and nothing grows with the file.
  static constexpr std::size_t kMostKnown = 1 << 18;
  using Known = text::TextMap<std::string>;
  Known known_[4];
  std::vector<std::string_view> tags_;
};

}  // namespace vernier::probes
