// AMBER's free descriptions: which nouns are in the image, and which of its objects are named.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/language/caption_tokens.h"
#include "judges/probes/language/language_tools.h"
#include "judges/probes/object/amber/amber_data.h"

namespace vernier::probes {

struct AmberNoun {
  std::string lemma;
  CharacterRange place;
};

/// One thread's part: words that NLTK's tagger takes for nouns (the whole text one sequence), their
/// WordNet lemmas, those of them that AMBER's lexicon has.
class AmberNouns {
 public:
  /// Both must outlive it; the tools need a tagger and WordNet.
  AmberNouns(const AmberData& data, const LanguageTools& tools)
      : data_(data), tools_(tools), tokenizer_(*tools.punkt, false) {}
  std::vector<AmberNoun> find(std::string_view text);

 private:
  const AmberData& data_;
  const LanguageTools& tools_;
  CaptionTokenizer tokenizer_;
  CaptionTokens tokens_;
  std::vector<std::string_view> tags_;
};

enum class AmberVerdict : std::uint8_t {
  kSafe,          ///< counts as a mention, never as hallucinated
  kSupported,     ///< an object of the image, or a word for one
  kTarget,        ///< hallucinated, and one of the objects that models like to invent there
  kHallucinated,  ///< any other
};

struct JudgedNoun {
  AmberNoun noun;
  AmberVerdict verdict = AmberVerdict::kHallucinated;
  std::string object;  ///< of the image (kSupported) or of the targets (kTarget)
};

/// Sums over responses; those of one response are the same with n = 1.
struct AmberGenerative {
  std::uint64_t n = 0, mentions = 0, hallucinated = 0;
  std::uint64_t covered = 0, truth = 0;  ///< objects of the images
  std::uint64_t hit = 0, targets = 0;
  std::uint64_t clean = 0;  ///< responses without hallucination

  AmberGenerative& operator+=(const AmberGenerative& other);
};

struct JudgedResponse {
  std::vector<JudgedNoun> nouns;
  AmberGenerative counts;
};

/// By equal words, as the official script without its word vectors. An object that an image lists
/// twice can be covered only once; a word that stands for an earlier object covers that one.
JudgedResponse judge_response(const std::vector<AmberNoun>& nouns, const AmberAnnotation& image,
                              const AmberData& data);

}  // namespace vernier::probes
