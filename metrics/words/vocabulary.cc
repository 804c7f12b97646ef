#include "metrics/words/vocabulary.h"

#include <cstring>
#include <string>

#include "base/hash.h"
#include "metrics/text/unicode.h"

namespace vernier {
namespace {

constexpr std::size_t kTextChunk = std::size_t{1} << 20;

bool is_ascii_word(std::string_view word) {
  for (const char c : word) {
    if (static_cast<unsigned char>(c) >= 0x80 || static_cast<unsigned char>(c) <= 0x20) {
      return false;
    }
  }
  return true;
}

// [begin, end) of every run of non-space code points.
std::vector<std::string_view> split_at_space(std::string_view word) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0, pos = 0;
  while (pos < word.size()) {
    const std::size_t here = pos;
    if (text::is_python_space(text::next_code_point(word, pos))) {
      if (here > begin) parts.push_back(word.substr(begin, here - begin));
      begin = pos;
    }
  }
  if (word.size() > begin) parts.push_back(word.substr(begin));
  return parts;
}

}  // namespace

Vocabulary::Vocabulary() : slots_(std::size_t{1} << 12) {}
Vocabulary::~Vocabulary() = default;

WordId Vocabulary::intern(std::string_view word) {
  const std::uint64_t hash = hash_bytes(word);
  const std::lock_guard lock(mutex_);
  return intern_locked(word, hash);
}

WordId Vocabulary::intern_locked(std::string_view word, std::uint64_t hash) {
  const auto find = [&] {
    std::size_t i = hash & (slots_.size() - 1);
    while (slots_[i].used && (slots_[i].hash != hash || this->word(slots_[i].id) != word)) {
      i = (i + 1) & (slots_.size() - 1);
    }
    return i;
  };
  std::size_t slot = find();
  if (slots_[slot].used) return slots_[slot].id;

  std::span<const WordId> parts;
  bool compound = false;
  if (!is_ascii_word(word)) {
    const std::vector<std::string_view> pieces = split_at_space(word);
    compound = pieces.size() != 1 || pieces[0].size() != word.size();
    if (compound) {
      auto ids = std::make_unique<WordId[]>(pieces.size());
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        ids[i] = intern_locked(pieces[i], hash_bytes(pieces[i]));
      }
      parts = {ids.get(), pieces.size()};
      part_lists_.push_back(std::move(ids));
      slot = find();  // the pieces may have taken the place or grown the table
    }
  }
  const std::size_t index = size_.load(std::memory_order_relaxed);
  const Place place = place_of(static_cast<WordId>(index));
  if (place.index == 0) {
    owned_segments_.push_back(std::make_unique<Entry[]>(place.size));
    segments_[place.segment].store(owned_segments_.back().get(), std::memory_order_release);
    owned_hashes_.push_back(std::make_unique<std::uint64_t[]>(place.size));
    hash_segments_[place.segment].store(owned_hashes_.back().get(), std::memory_order_release);
  }
  owned_segments_[place.segment][place.index] = {store(word), parts};
  owned_hashes_[place.segment][place.index] = hash;
  const WordId id = static_cast<WordId>(index) | (compound ? kCompoundWord : 0);
  slots_[slot] = {hash, id, true};
  size_.store(index + 1, std::memory_order_release);
  if ((index + 1) * 2 > slots_.size()) grow_slots();
  return id;
}

void Vocabulary::grow_slots() {
  std::vector<Slot> bigger(slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (!slot.used) continue;
    std::size_t i = slot.hash & (bigger.size() - 1);
    while (bigger[i].used) i = (i + 1) & (bigger.size() - 1);
    bigger[i] = slot;
  }
  slots_.swap(bigger);
}

std::string_view Vocabulary::store(std::string_view word) {
  if (word.empty()) return {};
  if (word.size() > text_left_) {
    const std::size_t size = std::max(kTextChunk, word.size());
    text_chunks_.push_back(std::make_unique<char[]>(size));
    text_next_ = text_chunks_.back().get();
    text_left_ = size;
  }
  std::memcpy(text_next_, word.data(), word.size());
  const std::string_view stored(text_next_, word.size());
  text_next_ += word.size();
  text_left_ -= word.size();
  return stored;
}

VocabularyCache::VocabularyCache(Vocabulary& vocabulary)
    : vocabulary_(vocabulary), slots_(std::size_t{1} << 12) {}

VocabularyCache::Slot VocabularyCache::key_of(std::string_view word) {
  const auto bytes = [&](std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    std::memcpy(&value, word.data() + at, count);
    return value;
  };
  const std::size_t n = word.size();
  Slot key;
  if (n >= 8) {  // both halves overlap, which costs no branch on every length
    key.head = bytes(0, 8);
    if (n > 8) key.tail = bytes(n - 8, 8) >> 8 * (16 - n);
  } else if (n >= 4) {
    key.head = bytes(0, 4) | bytes(n - 4, 4) << 8 * (n - 4);
  } else if (n > 0) {
    key.head = bytes(0, 1) | bytes(n / 2, 1) << 8 * (n / 2) | bytes(n - 1, 1) << 8 * (n - 1);
  }
  key.tail |= std::uint64_t{n} << 56;
  return key;
}

std::size_t VocabularyCache::find(const Slot& key) const {
  std::size_t i = mix(key.head ^ 0x9E3779B97F4A7C15u, key.tail ^ 0xD6E8FEB86659FD93u);
  for (i &= slots_.size() - 1; slots_[i].used; i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i].head == key.head && slots_[i].tail == key.tail) break;
  }
  return i;
}

WordId VocabularyCache::intern(std::string_view word) {
  if (word.size() > kInline) return vocabulary_.intern(word);
  Slot key = key_of(word);
  const std::size_t i = find(key);
  if (slots_[i].used) return slots_[i].id;
  key.id = vocabulary_.intern(word);
  key.used = true;
  slots_[i] = key;
  if (++used_ * 2 > slots_.size()) grow();
  return key.id;
}

void VocabularyCache::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.used) slots_[find(slot)] = slot;
  }
}

}  // namespace vernier
