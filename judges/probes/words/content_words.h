// The words of a text that claim something of an image: its nouns, verbs, adjectives and numbers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/language/caption_tokens.h"
#include "judges/probes/language/language_tools.h"
#include "metrics/text/senses/sense_net.h"

namespace vernier::probes {

enum class ContentKind : std::uint8_t { kNoun, kVerb, kAdjective, kNumber };
/// noun, verb, adjective, number.
const char* content_kind_name(ContentKind kind);

struct ContentWord {
  ContentKind kind = ContentKind::kNoun;
  std::string text;                ///< in lower case; of a compound with a blank
  std::vector<std::string> forms;  ///< lemmas, '_' in compounds; the text where WordNet has none
  std::vector<std::string> other_forms;  ///< lemmas in other word classes: taggers err
  std::string head;                      ///< of a compound: the lemma of its last word; else empty
  std::uint32_t number = 0;              ///< of kNumber
  bool negated = false;                  ///< "no dog", "without a dog"
  CharacterRange place;
  std::uint32_t sentence = 0;
};

struct TextWords {
  std::vector<ContentWord> content;
  std::vector<std::string> all;  ///< every word in lower case
  std::uint32_t sentences = 0;
};

/// "two" is 2, "12" is 12; nothing for what is no number up to 999.
std::optional<std::uint32_t> number_of(std::string_view word);

/// Whether a noun only places, counts or frames other things: "front", "group", "picture".
bool is_framing_noun(std::string_view lemma);

/// One thread's part.
class ContentWordFinder {
 public:
  /// The tools must outlive it and hold a tagger and WordNet.
  ContentWordFinder(const LanguageTools& tools, const text::SenseNet& senses)
      : tools_(tools), senses_(senses), tokenizer_(*tools.punkt, true) {}

  /// Words that name no thing ("front", "group", "picture") and verbs that say nothing ("be",
  /// "have") are left out. Two words are one where WordNet has them so and they are not a kind of
  /// what the second one is ("hot dog", but not "young man").
  TextWords find(std::string_view text);

 private:
  bool is_negated(std::size_t n) const;
  std::optional<ContentWord> word_at(std::size_t n) const;
  std::optional<ContentWord> compound_at(std::size_t n) const;
  std::vector<std::string> forms(std::string_view word, text::WordClass word_class) const;

  const LanguageTools& tools_;
  const text::SenseNet& senses_;
  CaptionTokenizer tokenizer_;
  CaptionTokens tokens_;
  std::vector<std::string_view> tags_;
};

}  // namespace vernier::probes
