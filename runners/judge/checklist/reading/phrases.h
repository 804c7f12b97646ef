// The things that a sentence names, with all that stands before their nouns.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "runners/judge/checklist/reading/parsed_caption.h"

namespace vernier {

struct NounPhrase {
  std::size_t start = 0;  ///< its first word, a determiner among them
  std::size_t first = 0;  ///< the first word behind determiners
  std::size_t last = 0;   ///< "group of people", `sign that says "STOP"` go beyond the noun
  std::size_t noun = 0;   ///< the noun that others depend on
  std::size_t thing = 0;  ///< the noun that says what it is: "people" of "group of people"

  std::size_t written = 0;  ///< the first word of what is written on it; 0: nothing

  std::string text;                 ///< without determiners, one blank between words
  std::string kind;                 ///< the thing's singular, in lower case
  std::set<std::string> modifiers;  ///< the other words of it, in lower case
  bool plural = false;
  bool definite = false;  ///< the, this, its, ...
  bool denied = false;    ///< "no dogs"
  bool picture = false;   ///< stands for the picture itself

  bool holds(std::size_t word) const { return word >= start && word <= last; }
  /// Whether it says no more than another of this kind.
  bool says_no_more_than(const NounPhrase& other) const;
  /// With an article, as what there is: "a small cyan circle", "two red chairs", "grass".
  std::string as_claim(const std::vector<ParsedWord>& words) const;
};

/// A preposition of one or several words before a phrase: "above", "to the left of", "next to".
struct Preposition {
  std::size_t first = 0, last = 0;
  std::string text;
};

class SentencePhrases {
 public:
  explicit SentencePhrases(const std::vector<ParsedWord>& words);

  const std::vector<ParsedWord>& words() const { return words_; }
  /// From left to right.
  const std::vector<NounPhrase>& all() const { return phrases_; }
  /// The phrase whose noun this word is, or a noun behind it ("group of people"); null for others.
  const NounPhrase* of(std::size_t word) const;
  /// The preposition right before a word; its text is empty where there is none.
  Preposition before(std::size_t word) const;

 private:
  bool modifies(std::size_t word, std::size_t noun) const;
  bool is_side_word(std::size_t word) const;
  bool hides(std::size_t word) const;
  bool ends_preposition(std::size_t word) const;
  void add(std::size_t noun);
  void join_of();
  void add_written();
  void add_words(NounPhrase& phrase) const;
  void finish();

  const std::vector<ParsedWord>& words_;
  std::vector<NounPhrase> phrases_;
};

}  // namespace vernier
