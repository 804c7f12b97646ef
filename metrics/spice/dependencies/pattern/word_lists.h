// The word lists that patterns name, and which of them a word is on.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vernier::spice {

/// One bit a word list: those of the table, and each word that a pattern quotes.
using WordSet = std::bitset<128>;

class WordLists {
 public:
  /// `table`: see rules/tables.h. Throws Error(kInternal) on lists it cannot read.
  explicit WordLists(std::string_view table);

  /// The bit of a list of the table. Throws Error(kInternal) where there is none of that name.
  WordSet list(std::string_view name) const;
  /// The bit of a word or of a shape such as "*where", which is made when it is first asked for.
  WordSet quoted(std::string_view entry);

  /// All lists that the word is on. `folded` is scratch memory.
  WordSet lists_of(std::string_view word, std::string& folded) const;

 private:
  // What a word must contain: at its start, at its end, or anywhere.
  struct Shape {
    std::string text;
    bool from_start, to_end;
    bool as_written;  // compared with the word before it is folded to lower case
    WordSet bit;
  };

  WordSet new_bit();
  void read_list(std::string_view line);
  void add(std::string_view entry, const WordSet& bit);
  void add_entry_of_list(std::string_view entry, const WordSet& bit,
                         std::vector<std::string>& members);

  std::size_t bits_ = 0;
  std::unordered_map<std::string, WordSet> words_;
  std::vector<Shape> shapes_;
  std::unordered_map<std::string, WordSet> quoted_;
  struct List {
    WordSet bit;
    std::vector<std::string> members;
  };
  std::unordered_map<std::string, List> lists_;
};

}  // namespace vernier::spice
