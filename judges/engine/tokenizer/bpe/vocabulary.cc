#include "judges/engine/tokenizer/bpe/vocabulary.h"

#include <algorithm>

#include "base/hash.h"

namespace vernier::engine {

std::size_t Vocabulary::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_bytes(text) & mask;
  while (slots_[slot] != kNoToken && this->text(slots_[slot]) != text) slot = (slot + 1) & mask;
  return slot;
}

void Vocabulary::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), kNoToken);
  for (TokenId id = 0; id < size(); ++id) {
    if (has(id)) slots_[slot_of(text(id))] = id;
  }
}

Vocabulary::Added Vocabulary::add(std::string_view text, TokenId id) {
  if (has(id)) return Added::kIdTwice;
  if (used_ * 2 >= slots_.size()) grow();
  const std::size_t slot = slot_of(text);
  if (slots_[slot] != kNoToken) return Added::kTextTwice;
  if (id >= entries_.size()) entries_.resize(std::size_t{id} + 1);
  entries_[id] = {static_cast<std::uint32_t>(bytes_.size()),
                  static_cast<std::uint32_t>(text.size())};
  bytes_ += text;
  slots_[slot] = id;
  ++used_;
  return Added::kDone;
}

TokenId Vocabulary::find(std::string_view text) const {
  return slots_.empty() ? kNoToken : slots_[slot_of(text)];
}

}  // namespace vernier::engine
