#include "judges/probes/object/words/object_finder.h"

#include <algorithm>

#include "judges/probes/object/words/double_words.h"

namespace vernier::probes {

ObjectFinder::ObjectFinder(const ObjectVocabulary& vocabulary, Normalisation normalisation,
                           const LanguageTools& tools)
    : vocabulary_(vocabulary), tokenizer_(*tools.punkt, true), normaliser_(normalisation, tools) {}

const FoundObjects& ObjectFinder::find(std::string_view caption) {
  found_.mentions.clear();
  forms_.clear();
  joined_.clear();
  tokenizer_.tokenize(caption, tokens_);
  normaliser_.normalise(tokens_.words, forms_);
  for (std::size_t i = 0; i < forms_.size(); ++i) {
    const std::string_view pair =
        i + 1 < forms_.size() ? joined_words(forms_[i], forms_[i + 1]) : std::string_view();
    if (pair.empty()) {
      joined_.push_back({forms_[i], i, i});
    } else {
      joined_.push_back({pair, i, i + 1});
      ++i;
    }
  }
  found_.tokens = static_cast<std::uint32_t>(joined_.size());
  found_.sentence_count = tokens_.sentence_count;
  const auto occurs = [&](std::string_view word) {
    return std::ranges::find(joined_, word, &Joined::word) != joined_.end();
  };
  const bool toilet = occurs("toilet");
  for (std::size_t n = 0; n < joined_.size(); ++n) {
    const Joined& joined = joined_[n];
    if (toilet && joined.word == "seat") continue;
    const auto object = vocabulary_.find(joined.word);
    if (!object) continue;
    found_.mentions.push_back(
        {*object,
         joined.word,
         {tokens_.places[joined.first].begin, tokens_.places[joined.last].end},
         static_cast<std::uint32_t>(n),
         tokens_.sentences[joined.first]});
  }
  return found_;
}

}  // namespace vernier::probes
