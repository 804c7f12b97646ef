#include "judges/probes/words/evidence.h"

#include <algorithm>

#include "base/io/text_lines.h"

namespace vernier::probes {
namespace {

text::WordClass class_of(ContentKind kind) {
  return kind == ContentKind::kVerb        ? text::WordClass::kVerb
         : kind == ContentKind::kAdjective ? text::WordClass::kAdjective
                                           : text::WordClass::kNoun;
}

}  // namespace

void WordEvidence::add_lemma(std::string_view lemma, text::WordClass word_class) {
  const auto number = static_cast<std::size_t>(word_class);
  words_.emplace(lemma);
  if (known_[number].emplace(lemma).second) lemmas_[number].emplace_back(lemma);
}

void WordEvidence::add_number(std::uint32_t number) {
  if (std::ranges::find(numbers_, number) == numbers_.end()) numbers_.push_back(number);
}

void WordEvidence::add_text(const TextWords& words) {
  set_described();
  const auto denied = [&](const std::string& word) {
    const auto named = [&](const ContentWord& one) { return one.negated && one.text == word; };
    return std::ranges::any_of(words.content, named);
  };
  for (const std::string& word : words.all) {
    if (denied(word)) continue;
    words_.insert(word);
    if (word == "couple" || word == "pair") add_number(2);
  }
  for (const ContentWord& word : words.content) {
    if (word.negated) continue;
    if (word.kind == ContentKind::kNumber) add_number(word.number);
    for (const std::string& form : word.forms) add_lemma(form, class_of(word.kind));
    if (!word.head.empty()) add_lemma(word.head, text::WordClass::kNoun);
  }
}

void WordEvidence::add_object(std::string_view name, const text::WordNet& word_net) {
  std::string joined, last;
  for_each_part(name, ' ', [&](std::string_view part) {
    if (part.empty()) return;
    joined += (joined.empty() ? "" : "_") + std::string(part);
    last = part;
    words_.insert(last);
  });
  const auto add = [&](const std::string& word) {
    for (const std::string& form : word_net.forms(word, text::WordClass::kNoun)) {
      add_lemma(form, text::WordClass::kNoun);
    }
  };
  add(joined);
  if (last != joined) add(last);
}

}  // namespace vernier::probes
