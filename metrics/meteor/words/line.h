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

struct WordAt {
  std::uint32_t word;      ///< lexicon index
  std::uint32_t key;       ///< equal for equal words (Java's string hash)
  std::uint32_t stem;      ///< equal for words of equal stem
  std::uint32_t meaning;   ///< see Meanings
  std::uint32_t function;  ///< 1 for a function word
};

struct Line {
  std::vector<WordAt> words;
  std::vector<std::uint16_t> phrase_words;  ///< by word: its number in the paraphrase table
  std::uint32_t function_words = 0;
  std::vector<PhraseAt> phrases;  ///< by begin, then length

  std::uint32_t size() const { return static_cast<std::uint32_t>(words.size()); }
  void clear() {
    words.clear();
    phrase_words.clear();
    function_words = 0;
    phrases.clear();
  }
};

}  // namespace vernier::meteor
