#include "metrics/spice/lemmas/tables/exceptions.h"

#include <bit>

#include "base/hash.h"

namespace vernier::spice {
namespace {

template <class Visit>
void for_each_item(std::string_view words, Visit visit) {
  constexpr std::string_view kSpace = " \n";
  for (std::size_t begin = words.find_first_not_of(kSpace); begin != std::string_view::npos;) {
    const std::size_t end = std::min(words.find_first_of(kSpace, begin), words.size());
    visit(words.substr(begin, end - begin));
    begin = words.find_first_not_of(kSpace, end);
  }
}

std::uint32_t hash_of(std::string_view word) {
  return static_cast<std::uint32_t>(hash_bytes(word));
}

}  // namespace

Exceptions::Exceptions(std::span<const WordList> lists) {
  std::size_t items = 0;
  for (const WordList& list : lists) {
    for_each_item(list.words, [&](std::string_view) { ++items; });
  }
  slots_.resize(std::bit_ceil(items * 2 + 1));
  for (const WordList& list : lists) {
    for_each_item(list.words, [&](std::string_view item) { insert(item, list.drop, list.add); });
  }
}

void Exceptions::insert(std::string_view item, std::size_t drop, std::string_view add) {
  Entry entry;
  const std::size_t arrow = item.find('>');
  if (arrow == std::string_view::npos) {
    entry.word = item;
    entry.keep = static_cast<std::uint16_t>(item.size() - drop);
    entry.add = add;
  } else {
    entry.word = item.substr(0, arrow);
    entry.add = item.substr(arrow + 1);
  }
  entry.hash = hash_of(entry.word);
  std::size_t at = entry.hash & (slots_.size() - 1);
  while (!slots_[at].word.empty()) {
    if (slots_[at].word == entry.word) return;
    at = (at + 1) & (slots_.size() - 1);
  }
  slots_[at] = entry;
  ++size_;
}

const Exceptions::Entry* Exceptions::find(std::string_view word) const {
  if (word.empty()) return nullptr;
  const std::uint32_t hash = hash_of(word);
  std::size_t at = hash & (slots_.size() - 1);
  while (!slots_[at].word.empty()) {
    if (slots_[at].hash == hash && slots_[at].word == word) return &slots_[at];
    at = (at + 1) & (slots_.size() - 1);
  }
  return nullptr;
}

std::optional<Stem> Exceptions::lemma(std::string_view word) const {
  const Entry* const entry = find(word);
  if (entry == nullptr) return std::nullopt;
  return Stem{word.substr(0, entry->keep), entry->add};
}

}  // namespace vernier::spice
