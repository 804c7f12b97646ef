// What Punkt knows of a language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "metrics/text/text_set.h"

namespace vernier::text {

/// Words are in lower case, numbers are "##number##" (Kiss and Strunk 2006; NLTK 3.8).
struct PunktParameters {
  /// Where a word was seen, as bits.
  enum Context : std::uint8_t {
    kBeginUpper = 2,    ///< at the begin of a sentence, with a capital
    kMiddleUpper = 4,   ///< within a sentence
    kUnknownUpper = 8,  ///< where it was not clear
    kBeginLower = 16,   ///< the same without a capital
    kMiddleLower = 32,
    kUnknownLower = 64,
    kUpper = kBeginUpper | kMiddleUpper | kUnknownUpper,
    kLower = kBeginLower | kMiddleLower | kUnknownLower,
  };

  TextSet abbreviations;      ///< without their final period
  TextSet collocations;       ///< pairs around a period, a tab between them
  TextSet sentence_starters;  ///< frequent ones
  TextMap<std::uint8_t> contexts;

  std::uint8_t context(std::string_view word) const {
    const auto found = contexts.find(word);
    return found == contexts.end() ? std::uint8_t{0} : found->second;
  }
};

/// Abbreviations that captions and answers have, and nothing else: what serves where no parameters
/// of NLTK are installed.
const PunktParameters& built_in_punkt_parameters();

}  // namespace vernier::text
