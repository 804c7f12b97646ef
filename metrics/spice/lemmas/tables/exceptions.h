// Words looked up before any rule of endings: tables of SPICE's lemmatiser (CoreNLP 3.6.0).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace vernier::spice {

/// A lemma as a prefix of the word and what follows it.
struct Stem {
  std::string_view kept, added;
};

/// Words with white space between them that lose `drop` letters and gain `add`. An item
/// "form>lemma" says the lemma itself.
struct WordList {
  std::string_view words;
  std::size_t drop;
  std::string_view add;
};

/// A hash table of words and what becomes of them. Thread safe.
class Exceptions {
 public:
  explicit Exceptions(std::span<const WordList> lists);

  bool contains(std::string_view word) const { return find(word) != nullptr; }
  /// The lemma, as views of `word` or of the table; nothing where the word is not in the table.
  std::optional<Stem> lemma(std::string_view word) const;

  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::uint32_t hash = 0;
    std::uint16_t keep = 0;
    std::string_view word;  ///< empty: a free slot
    std::string_view add;
  };
  const Entry* find(std::string_view word) const;
  void insert(std::string_view item, std::size_t drop, std::string_view add);

  std::vector<Entry> slots_;
  std::size_t size_ = 0;
};

const Exceptions& noun_exceptions();
const Exceptions& verb_exceptions();
/// Not exceptions: the verbs that double their last consonant before -ed and -ing.
const Exceptions& doubling_stems();

}  // namespace vernier::spice
