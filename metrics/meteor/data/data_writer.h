// Builds METEOR's compiled data file (format.h) from words, irregular forms and paraphrases.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "metrics/meteor/data/paraphrase_list.h"

namespace vernier::meteor {

/// What METEOR takes from WordNet.
struct SynonymTables {
  /// Synset numbers of each word (single words, and those that are a base of an irregular form).
  std::map<std::string, std::vector<std::uint32_t>> synsets;
  /// Base words of each irregular form.
  std::map<std::string, std::vector<std::string>> bases;
  std::uint64_t digest = 0;
};

/// Add the paraphrases in the order of the table, then write.
class DataWriter {
 public:
  explicit DataWriter(SynonymTables synonyms);

  /// Adds one entry: both are words joined by white space. All entries of one phrase must follow
  /// one another. Throws Error(kBadInput) for an entry that cannot be stored.
  void add_paraphrase(std::string_view phrase, std::string_view paraphrase);

  /// Writes the file (at `path` only when complete). Throws Error(kOutput).
  void write(const std::string& path);

 private:
  std::uint16_t phrase_word(std::string_view word);
  void split(std::string_view phrase, std::vector<std::uint16_t>& words);
  std::uint32_t insert_phrase(const std::vector<std::uint16_t>& words);
  void close_list();

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const;
  };
  SynonymTables synonyms_;
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> word_index_;
  std::vector<std::string_view> words_;  // views of the keys of word_index_
  std::unordered_map<std::uint64_t, std::uint32_t> edges_;
  std::uint32_t nodes_ = 1;
  std::string phrase_;      // the phrase being filled
  std::uint32_t node_ = 0;  // and its node, 0 before the first
  std::vector<std::uint16_t> scratch_;
  ParaphraseListBuilder list_;
  std::vector<std::vector<std::uint8_t>> lists_;  // by node
  std::uint64_t entries_ = 0;
  std::uint64_t digest_ = 0;
};

}  // namespace vernier::meteor
