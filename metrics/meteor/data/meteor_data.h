// METEOR's compiled data (format.h), mapped into memory.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "metrics/meteor/data/format.h"
#include "metrics/meteor/data/paraphrase_list.h"

namespace vernier::meteor {

inline std::uint64_t edge_key(std::uint32_t node, std::uint16_t word) {
  return std::uint64_t{node} << 16 | word;
}
inline std::uint64_t edge_hash(std::uint64_t key) { return mix(key, 0x9E3779B97F4A7C15u); }

/// Part of the section of paraphrase lists.
struct ListRange {
  std::uint32_t begin = 0, bytes = 0;
};

/// A node of the trie of phrases.
struct PhraseNode {
  std::uint32_t id = 0;  ///< 0: no such phrase
  ListRange list;        ///< paraphrases of the phrase that ends here; no bytes where none does
};

/// Read-only and thread safe. Every member may throw Error(kResource) when the part of the file
/// that it looks at is damaged.
class MeteorData {
 public:
  /// Maps the file. Throws Error(kResource) naming the file and how to build it when it is missing,
  /// of another version, truncated or damaged.
  static std::shared_ptr<const MeteorData> open(const std::string& path);
  ~MeteorData();
  MeteorData(const MeteorData&) = delete;
  MeteorData& operator=(const MeteorData&) = delete;

  const std::string& path() const { return path_; }
  std::uint64_t file_bytes() const { return header_.file_bytes; }
  bool has_paraphrases() const { return header_.nodes > 1; }
  /// Names the sources (WordNet, paraphrase table) in signatures.
  std::uint64_t wordnet_digest() const { return header_.wordnet_digest; }
  std::uint64_t paraphrase_digest() const { return header_.paraphrase_digest; }
  std::uint64_t paraphrase_entries() const { return header_.paraphrase_entries; }

  /// Checks every byte against the sums in the file.
  void verify() const;

  /// The index of a word, or kNoIndex.
  std::uint32_t find_word(std::string_view word) const;
  /// The synsets of a word: ascending numbers, empty where WordNet does not know the word.
  std::span<const std::uint32_t> synsets(std::uint32_t word) const {
    const std::span<const std::uint32_t> numbers = rows(synset_starts_, synsets_, word);
    // Numbers are dense, so tables indexed by them stay as small as the file.
    for (const std::uint32_t number : numbers) {
      if (number >= synsets_.size()) damaged();
    }
    return numbers;
  }
  /// The base words of an irregular form, empty for all other words.
  std::span<const std::uint32_t> bases(std::uint32_t word) const {
    return rows(base_starts_, bases_, word);
  }
  /// The number of a word in the paraphrase table, or kNoPhraseWord.
  std::uint16_t phrase_word(std::uint32_t word) const {
    return word < header_.phrase_words ? static_cast<std::uint16_t>(word) : kNoPhraseWord;
  }

  /// The node of a phrase one word longer. The root (no word) is 0.
  PhraseNode child(std::uint32_t node, std::uint16_t word) const;
  /// Asks for the memory that child() will look at.
  void prefetch_child(std::uint32_t node, std::uint16_t word) const {
    __builtin_prefetch(&edges_[edge_hash(edge_key(node, word)) & (edges_.size() - 1)]);
  }
  /// Asks for the memory that paraphrases() will give.
  void prefetch_paraphrases(ListRange range) const {
    __builtin_prefetch(lists_.data() + range.begin);
  }
  /// The paraphrases there.
  ListBytes paraphrases(ListRange range) const {
    if (range.bytes == 0) return {};
    check(lists_.data() + range.begin, range.bytes);
    return lists_.subspan(range.begin, range.bytes);
  }

  /// Throws the error for damaged content.
  [[noreturn]] void damaged() const;

 private:
  class Mapping;
  explicit MeteorData(std::string path);

  void open_sections();
  template <class T>
  std::span<const T> section(Section which) const;
  std::span<const std::uint32_t> rows(const std::uint32_t* starts,
                                      std::span<const std::uint32_t> items,
                                      std::uint32_t row) const;
  /// Checks the blocks that hold these bytes, unless that was done before.
  void check(const void* begin, std::size_t bytes) const {
    const std::uint64_t offset =
        static_cast<std::uint64_t>(static_cast<const char*>(begin) - payload_);
    const std::uint64_t last = (offset + bytes - 1) / kBlockBytes;
    for (std::uint64_t block = offset / kBlockBytes; block <= last; ++block) {
      if (!checked_[block].load(std::memory_order_relaxed)) check_block(block);
    }
  }
  void check_block(std::uint64_t block) const;

  std::string path_;
  std::unique_ptr<Mapping> mapping_;
  FileHeader header_;
  const char* payload_ = nullptr;
  std::span<const std::uint64_t> block_sums_;
  mutable std::unique_ptr<std::atomic<bool>[]> checked_;
  std::span<const std::uint32_t> word_slots_;
  const std::uint32_t* word_starts_ = nullptr;
  std::span<const char> word_text_;
  const std::uint32_t* synset_starts_ = nullptr;
  std::span<const std::uint32_t> synsets_;
  const std::uint32_t* base_starts_ = nullptr;
  std::span<const std::uint32_t> bases_;
  std::span<const Edge> edges_;
  ListBytes lists_;
};

}  // namespace vernier::meteor
