// Which phrases of a sentence are said to stand to which, and what they are said to be.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runners/judge/checklist/reading/phrases.h"

namespace vernier {

/// Something said of a phrase, in the words from `first` to `last`.
struct SaidOfPhrase {
  const NounPhrase* subject = nullptr;
  std::string text;                    ///< "above", "riding", "red", "in the background"
  const NounPhrase* object = nullptr;  ///< of a relation
  std::size_t first = 0, last = 0;
};

/// Reads clauses of one sentence. The phrases must outlive it.
class ClauseReader {
 public:
  explicit ClauseReader(const SentencePhrases& phrases);

  /// Relations and attributes; of phrases that stand for the picture itself none.
  std::vector<SaidOfPhrase> read();

 private:
  using Phrases = std::vector<const NounPhrase*>;
  struct Link {
    Phrases subjects;
    std::string text;
    std::size_t first = 0, last = 0;
  };

  const ParsedWord& word(std::size_t i) const { return words_[i]; }
  std::size_t child(std::size_t of, spice::Relation relation) const;
  bool denied(std::size_t predicate) const;
  bool is_predicate(std::size_t i) const;
  bool names_something(std::size_t from, std::size_t to) const;
  std::string form_of(std::size_t verb) const;
  void add_with_others(const NounPhrase* phrase, Phrases& out) const;
  const NounPhrase* wearer_of(const NounPhrase* phrase, const ParsedWord& verb) const;
  const NounPhrase* before_preposition(const NounPhrase* phrase,
                                       const Preposition& preposition) const;
  Phrases subjects_of(std::size_t predicate, int depth = 0) const;
  Link link(const NounPhrase& object, int depth = 0);
  Link link_to_verb(const NounPhrase& object, const Preposition& before, std::size_t verb);
  void say_relations(const NounPhrase& object, std::vector<SaidOfPhrase>& out);
  void say_attribute(std::size_t i, std::vector<SaidOfPhrase>& out) const;

  const SentencePhrases& phrases_;
  const std::vector<ParsedWord>& words_;
  std::vector<std::vector<std::size_t>> children_;
  std::vector<bool> used_;  ///< verbs and adjectives that are part of a relation
};

}  // namespace vernier
