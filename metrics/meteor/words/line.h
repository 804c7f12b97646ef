// A text as METEOR's matchers see it.
#pragma once

#include <cstdint>
#include <vector>

#include "metrics/meteor/data/meteor_data.h"

namespace vernier::meteor {

/// Position of a phrase of the paraphrase table in a line.
struct PhraseAt {
  PhraseNode node;  ///< its trie node (MeteorData)
  std::uint16_t begin;
  std::uint16_t length;
};

/// All arrays but `phrases` have one value a word.
struct Line {
  std::vector<std::uint32_t> words;         ///< lexicon indices
  std::vector<std::uint32_t> keys;          ///< equal for equal words (Java's string hash)
  std::vector<std::uint32_t> stems;         ///< equal for words of equal stem
  std::vector<std::uint32_t> meanings;      ///< see Meanings
  std::vector<std::uint16_t> phrase_words;  ///< numbers in the paraphrase table
  std::vector<std::uint8_t> function;       ///< 1 for a function word
  std::uint32_t function_words = 0;
  std::vector<PhraseAt> phrases;  ///< by begin, then length

  std::uint32_t size() const { return static_cast<std::uint32_t>(words.size()); }
  void clear() {
    words.clear();
    keys.clear();
    stems.clear();
    meanings.clear();
    phrase_words.clear();
    function.clear();
    function_words = 0;
    phrases.clear();
  }
};

}  // namespace vernier::meteor
