#include "metrics/spice/scene/concept_texts.h"

#include <algorithm>

#include "metrics/meteor/words/synonyms.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::spice {
namespace {

/// As Java's trim().
std::string_view trim(std::string_view text) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

TextId ConceptTexts::find_or_add(std::string_view text) {
  const auto known = index_.find(text);
  if (known != index_.end()) return known->second;
  Text added{std::string(text), static_cast<std::uint32_t>(synsets_.size()), 0,
             attribute_group(text)};
  if (synonyms_) {
    std::string entry = text::to_lower(trim(text));
    std::replace(entry.begin(), entry.end(), ' ', '_');
    meteor::find_synsets(*synonyms_, entry, synonyms_->find_word(entry), found_);
    synsets_.insert(synsets_.end(), found_.begin(), found_.end());
    added.count = static_cast<std::uint32_t>(found_.size());
  }
  const auto id = static_cast<TextId>(texts_.size());
  texts_.push_back(std::move(added));
  index_.emplace(texts_.back().text, id);
  return id;
}

TextId ConceptTexts::without_be(TextId id) {
  constexpr std::string_view kBe = "be ";
  const std::string_view text = texts_[id].text;
  return text.starts_with(kBe) ? find_or_add(text.substr(kBe.size())) : id;
}

}  // namespace vernier::spice
