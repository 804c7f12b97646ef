// How far what is known of an image supports each word that is said of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/object/chair/chair.h"
#include "judges/probes/words/content_words.h"
#include "judges/probes/words/evidence.h"

namespace vernier::probes {

/// How a word is related to the evidence.
enum class WordBasis : std::uint8_t {
  kSame,          ///< it stands there
  kSynonym,       ///< a word of the same meaning does
  kKind,          ///< something that is a kind of it does: "animal" where there is a dog
  kMoreSpecific,  ///< something that it is a kind of does: "woman" where there is a person
  kHead,          ///< the last word of a compound does: "dog" of "guide dog"
  kPart,          ///< something does that it is a part of by nature: "wheel" where there is a car
  kOtherNumber,   ///< the evidence states other numbers
  kNegated,       ///< the text says that it is not there
  kObject,        ///< its class is among the objects of the image
  kAbsentObject,  ///< its class is not
  kNone
};
const char* word_basis_name(WordBasis basis);

enum class WordVerdict : std::uint8_t { kSupported, kUncertain, kUnsupported };
/// supported, uncertain, unsupported.
const char* word_verdict_name(WordVerdict verdict);

struct CheckedWord {
  ContentWord word;
  double support = 0;  ///< 0 to 1
  WordBasis basis = WordBasis::kNone;
  std::string because;  ///< the word of the evidence that supports it most; may be empty
  WordVerdict verdict = WordVerdict::kUnsupported;
};

/// Words that stand in the evidence have support 1, synonyms 0.95, kinds 0.9, compounds of which
/// the last word does 0.8, parts of what stands there 0.6. Any other noun has 0.3 of its greatest
/// similarity to a noun of the evidence and 0.5 of the share in which it means no physical thing:
/// "day" is hardly ever invented. Other verbs have 0.8 and more, adjectives 0.9, as who marks
/// invented words seldom marks them; numbers 0.3 where the evidence states others, 0.7 where it
/// states none. What a text says is not there has 1, or 0.6 where the evidence has it. The weights
/// were chosen on the 400 captions of HAT (docs/probes.md has what they give there). Where the
/// image is not described, but some of its objects are known, nothing else has less than 0.5.
class WordChecker {
 public:
  /// Must outlive it.
  explicit WordChecker(const text::SenseNet& senses) : senses_(senses) {}

  std::vector<CheckedWord> check(const TextWords& words, const WordEvidence& evidence) const;

 private:
  void check_word(CheckedWord& word, const WordEvidence& evidence) const;
  void note_part(CheckedWord& word, const WordEvidence& evidence) const;
  void check_number(CheckedWord& word, const WordEvidence& evidence) const;
  bool related(const std::vector<std::string>& forms, text::WordClass word_class, double weight,
               const WordEvidence& evidence, CheckedWord& word) const;
  double similarity(const std::vector<std::string>& forms, text::WordClass word_class,
                    const WordEvidence& evidence, CheckedWord& word) const;

  const text::SenseNet& senses_;
};

/// Holds what CHAIR finds against words: those that name an object of the image are supported,
/// those that name one of the other objects of the vocabulary are not, unless the evidence says so.
void check_objects(const ChairCaption& caption, const ObjectVocabulary& vocabulary,
                   std::vector<CheckedWord>& words);

/// The support of a text is that of its least supported word; 1 without words.
double least_support(const std::vector<CheckedWord>& words);

}  // namespace vernier::probes
