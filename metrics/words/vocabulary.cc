#include "metrics/words/vocabulary.h"

#include <cstring>
#include <string>

#include "base/hash.h"
#include "metrics/text/unicode/unicode.h"

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

// Reads 16 bytes whatever the length and cuts off what is not the word's: no branch on the length.
VocabularyCache::Key VocabularyCache::key_of(std::string_view padded) {
  static_assert(text::TokenList::kPadding >= sizeof(Key));
  Key key;
  std::memcpy(&key, padded.data(), sizeof key);
  const std::size_t n = padded.size();
  const std::uint64_t first = n < 8 ? (std::uint64_t{1} << 8 * n) - 1 : ~std::uint64_t{0};
  const std::uint64_t second = n < 8 ? 0 : (std::uint64_t{1} << 8 * (n - 8)) - 1;
  key.head &= first;
  key.tail = (key.tail & second) | std::uint64_t{n} << 56;
  return key;
}

inline std::size_t VocabularyCache::find(const Key& key) const {
  std::size_t i = mix(key.head ^ 0x9E3779B97F4A7C15u, key.tail ^ 0xD6E8FEB86659FD93u);
  for (i &= slots_.size() - 1; slots_[i].key.tail != 0; i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i].key == key) break;
  }
  return i;
}

void VocabularyCache::intern(const text::TokenList& tokens, std::vector<WordId>& ids) {
  const std::size_t before = ids.size();
  ids.resize(before + tokens.size());
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    const std::string_view word = tokens[t];
    WordId& id = ids[before + t];
    if (word.empty() || word.size() > kInline) {
      id = vocabulary_.intern(word);
      continue;
    }
    const Key key = key_of(word);
    const Slot& slot = slots_[find(key)];
    id = slot.key.tail != 0 ? slot.id : intern_new(word, key);
  }
}

WordId VocabularyCache::intern_new(std::string_view word, const Key& key) {
  if (++used_ * 2 > slots_.size()) {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.key.tail != 0) slots_[find(slot.key)] = slot;
    }
  }
  const WordId id = vocabulary_.intern(word);
  slots_[find(key)] = {key, id};
  return id;
}

}  // namespace vernier
