// Lemmas by WordNet 3.0 ("morphy", in NLTK's variant).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/text/text_set.h"

namespace vernier::text {

enum class WordClass : std::uint8_t { kNoun, kVerb, kAdjective, kAdverb };

/// The words of WordNet and its irregular forms. Immutable and thread safe.
class WordNet {
 public:
  /// Reads index.{noun,verb,adj,adv} and {noun,verb,adj,adv}.exc from a folder (Debian:
  /// wordnet-base). Throws Error(kResource) naming what is missing.
  static std::shared_ptr<const WordNet> open(const std::string& folder);

  /// The lemma: of the word and the forms that the exceptions list, or, where they list none, that
  /// the suffix rules make of it, the shortest that the word class has (the first of equals); the
  /// word itself where there is none. The rules are applied again until something is found.
  std::string lemma(std::string_view word, WordClass word_class) const;
  /// All those forms, the word itself first where it is one: "men" is a word of its own besides the
  /// plural of "man". None for a word that the word class does not have in any form.
  std::vector<std::string> forms(std::string_view word, WordClass word_class) const;

  /// Of all words and irregular forms, for signatures.
  std::uint64_t digest() const { return digest_; }

 private:
  struct Entries {
    TextSet words;
    TextMap<std::vector<std::string>> irregular;
  };
  void read_index(const std::string& path, Entries& entries);
  void read_exceptions(const std::string& path, Entries& entries);

  std::array<Entries, 4> entries_;
  std::uint64_t digest_ = 0;
};

/// Where Debian's package wordnet-base puts them.
inline constexpr const char* kWordNetFolder = "/usr/share/wordnet";

}  // namespace vernier::text
