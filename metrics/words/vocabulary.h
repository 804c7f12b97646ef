// Words interned once to 32-bit ids, so that every metric compares integers.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "metrics/text/token_list.h"

namespace vernier {

using WordId = std::uint32_t;

/// Set in the id of a word that holds white space inside, such as the fraction "1 1/2" with a
/// no-break space. The caption tools split such a token for some metrics and not for others
/// (docs/tokenizers.md); parts() has its pieces.
constexpr WordId kCompoundWord = 0x80000000u;

/// One table of words for a whole run. Ids are dense from 0 in order of arrival (leaving
/// kCompoundWord aside), hence differ from run to run with several threads: no result may depend
/// on their values or order.
class Vocabulary {
 public:
  Vocabulary();
  ~Vocabulary();
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;

  /// The id of `word`, made on first sight. Any thread; takes a lock (see VocabularyCache).
  WordId intern(std::string_view word);

  /// The text of an id that intern() has returned. Any thread, no lock; the view lives as long as
  /// the vocabulary.
  std::string_view word(WordId id) const { return entry(id).text; }

  /// A 64-bit hash of the word's bytes: equal in every run, process and shard.
  std::uint64_t hash(WordId id) const {
    const Place place = place_of(id);
    return hash_segments_[place.segment].load(std::memory_order_acquire)[place.index];
  }

  /// The pieces of a compound word as Python's str.split() makes them; empty for other words.
  std::span<const WordId> parts(WordId id) const { return entry(id).parts; }

  /// Number of words; ids without kCompoundWord are below it.
  std::size_t size() const { return size_.load(std::memory_order_acquire); }

 private:
  struct Entry {
    std::string_view text;
    std::span<const WordId> parts;
  };
  // Segment s holds 2^(s+kFirstBits) entries, so entries never move and readers need no lock.
  static constexpr unsigned kFirstBits = 10;
  static constexpr unsigned kSegments = 22;

  struct Place {
    unsigned segment;
    std::uint32_t index, size;  // in the segment, and of it
  };
  static Place place_of(WordId id) {
    const std::uint32_t n = (id & ~kCompoundWord) + (1u << kFirstBits);
    const unsigned segment = 31u - static_cast<unsigned>(__builtin_clz(n)) - kFirstBits;
    const std::uint32_t size = 1u << (segment + kFirstBits);
    return {segment, n - size, size};
  }
  const Entry& entry(WordId id) const {
    const Place place = place_of(id);
    return segments_[place.segment].load(std::memory_order_acquire)[place.index];
  }
  WordId intern_locked(std::string_view word, std::uint64_t hash);
  void grow_slots();
  std::string_view store(std::string_view word);

  struct Slot {
    std::uint64_t hash = 0;
    WordId id = 0;
    bool used = false;
  };
  mutable std::mutex mutex_;
  std::atomic<Entry*> segments_[kSegments] = {};
  // Apart from the entries: counting n-grams reads the hash of every word and nothing else, and
  // those of 20,000 words fit the second-level cache.
  std::atomic<std::uint64_t*> hash_segments_[kSegments] = {};
  std::vector<std::unique_ptr<Entry[]>> owned_segments_;
  std::vector<std::unique_ptr<std::uint64_t[]>> owned_hashes_;
  std::vector<std::unique_ptr<char[]>> text_chunks_;
  std::vector<std::unique_ptr<WordId[]>> part_lists_;
  std::size_t text_left_ = 0;
  char* text_next_ = nullptr;
  std::vector<Slot> slots_;  // linear probing by hash, at most half full
  std::atomic<std::size_t> size_{0};
};

/// A thread's private front of a vocabulary: a word seen before costs one probe and no lock.
class VocabularyCache {
 public:
  explicit VocabularyCache(Vocabulary& vocabulary);
  /// Appends the id of every token.
  void intern(const text::TokenList& tokens, std::vector<WordId>& ids);

 private:
  // A word of up to 15 bytes lies in its slot, so that a look-up touches one cache line. (Longer
  // ones, 1 in 3,000 words of captions, are looked up in the vocabulary each time.)
  struct Key {
    std::uint64_t head = 0, tail = 0;  // the bytes, and in the last one the length: 0 is free
    bool operator==(const Key&) const = default;
  };
  struct Slot {
    Key key;
    WordId id = 0;
  };
  static constexpr std::size_t kInline = 15;
  static Key key_of(std::string_view padded);
  std::size_t find(const Key& key) const;
  WordId intern_new(std::string_view word, const Key& key);

  Vocabulary& vocabulary_;
  std::vector<Slot> slots_;  // linear probing, at most half full
  std::size_t used_ = 0;
};

}  // namespace vernier
