// The objects that a caption names, as CHAIR finds them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "judges/probes/object/words/normaliser.h"
#include "judges/probes/object/words/vocabulary.h"

namespace vernier::probes {

struct Mention {
  std::uint32_t object = 0;    ///< class of the vocabulary
  std::string_view word;       ///< the form that was found; lives until the next find()
  CharacterRange place;        ///< in the caption
  std::uint32_t token = 0;     ///< counted after words were joined
  std::uint32_t sentence = 0;  ///< from 0
};

struct FoundObjects {
  std::vector<Mention> mentions;  ///< in the order of the caption
  std::uint32_t tokens = 0;       ///< after words were joined: CHAIR's length
  std::uint32_t sentence_count = 0;
};

/// One thread's part. Caption in lower case, sentences, words, forms; two words that make one
/// ("fire hydrant", "baby elephant") are joined; where "toilet" and "seat" both occur, no seat is a
/// chair; what the vocabulary knows is a mention (Rohrbach et al. 2018).
class ObjectFinder {
 public:
  /// All must outlive it.
  ObjectFinder(const ObjectVocabulary& vocabulary, Normalisation normalisation,
               const LanguageTools& tools);

  const FoundObjects& find(std::string_view caption);

 private:
  const ObjectVocabulary& vocabulary_;
  CaptionTokenizer tokenizer_;
  Normaliser normaliser_;
  CaptionTokens tokens_;
  std::vector<std::string_view> forms_;
  struct Joined {
    std::string_view word;
    std::size_t first, last;  // tokens
  };
  std::vector<Joined> joined_;
  FoundObjects found_;
};

}  // namespace vernier::probes
