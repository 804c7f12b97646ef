// What becomes of a word by its ending.
#pragma once

#include <cstdint>
#include <string_view>

#include "metrics/spice/lemmas/tables/exceptions.h"

namespace vernier::spice {

/// What stands before the ending of a rule.
enum class Before : std::uint8_t {
  kAny,                 ///< any letters or none
  kSome,                ///< one letter at least
  kRoman,               ///< one at least, all of d m c l x v i
  kConsonants,          ///< one consonant at least and nothing else, y being one
  kNoVowels,            ///< the same, y being none
  kPrefixes,            ///< any number of be- ex- in- mis- pre- pro- re-
  kPrefixesConsonants,  ///< those, then one consonant at least
  kOnePrefix,           ///< one of those and nothing else
  kLastPrefix,          ///< anything that ends with one of those
};

/// A rule holds for words that end with `ending`, in which capitals stand for classes of letters
/// (V: a e i o u; Y: those and y; C: all others; X: those without y), brackets enclose letters of
/// which one stands there, and '=' stands for a consonant that is there twice.
struct EndingRule {
  Before before;
  std::uint8_t drop;  ///< letters that go
  std::string_view ending;
  std::string_view add;
};

/// The lemma of a plural noun or a verb form by the first rule that holds; the word itself where
/// none does. The word is in lower case and holds nothing but a-z, digits, ' and +.
Stem noun_by_ending(std::string_view word);
Stem verb_by_ending(std::string_view word);

/// True where the rule holds, whatever the others say.
bool holds(const EndingRule& rule, std::string_view word);

}  // namespace vernier::spice
