#include "metrics/spice/graph/sentence.h"

#include "metrics/spice/lemmas/lemma.h"

namespace vernier::spice {
void Sentence::reset(std::span<const std::string_view> words, std::span<const Label> tags) {
  words_ = words;
  tags_.assign(tags.begin(), tags.end());
  tags_.resize(words.size(), Label::kXx);
  arena_.clear();
  lemmas_.assign(words.size(), {});
  has_lemma_.assign(words.size(), false);
  lower_.clear();
  for (const std::string_view word : words) {
    if (is_lower_ascii(word)) {
      lower_.push_back(word);
      continue;
    }
    scratch_.clear();
    append_lower(word, scratch_);
    lower_.push_back(arena_.copy(scratch_));
  }
}

std::string_view Sentence::lemma(std::size_t i) {
  if (!has_lemma_[i]) {
    scratch_.clear();
    append_lemma(words_[i], tags_[i], scratch_);
    lemmas_[i] = arena_.copy(scratch_);
    has_lemma_[i] = true;
  }
  return lemmas_[i];
}

}  // namespace vernier::spice
