// Tokens that are found in text before it is split: `added_tokens` of a tokenizer.json.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "judges/engine/tokenizer/bpe/key_table.h"
#include "judges/engine/tokenizer/bpe/vocabulary.h"
#include "judges/engine/tokenizer/parts/normalizer.h"

namespace vernier::engine {

struct AddedToken {
  TokenId id = 0;
  std::string text;
  bool single_word = false;  ///< only where no word character touches it
  bool strip_left = false;   ///< takes the white space in front with it (`lstrip`)
  bool strip_right = false;  ///< and that behind (`rstrip`)
  bool normalized = false;   ///< is looked for in normalised text, in its own normalised form
  bool special = false;      ///< left out of decoded text on demand
  std::string form;          ///< as it is looked for and decoded: normalised if `normalized`
};

/// Looking for many texts at once: a trie.
class TextTrie {
 public:
  /// `text` is not empty; of equal texts the first holds.
  void add(std::string_view text, std::uint32_t value);

  struct Match {
    std::size_t begin, end;
    std::uint32_t value;
  };
  /// The first match at or behind `from`, the longest of those that begin there; false for none.
  bool find(std::string_view text, std::size_t from, Match& match) const;

  bool empty() const { return nodes_.empty(); }

 private:
  static constexpr std::uint32_t kNothing = ~std::uint32_t{0};
  KeyTable<std::uint32_t> edges_;     // node times 256 and byte -> node
  std::vector<std::uint32_t> nodes_;  // values; the first is the root
  std::array<bool, 256> first_{};     // bytes that some text begins with
};

/// Bytes [begin, end) of a text.
struct TextRange {
  std::size_t begin = 0, end = 0;
};

class AddedTokens {
 public:
  /// Fills in the tokens' forms.
  AddedTokens(std::vector<AddedToken> tokens, const Normalizer& normalizer);

  /// A piece of text between tokens (token: null, text not empty), or a token's place.
  struct Piece {
    const AddedToken* token;
    std::string_view text;
  };
  /// Appends the pieces of `text` in order. `normalized`: looks for those tokens, else for the
  /// others. Special tokens that touch one of `quoted` (ascending, apart) are looked over. Texts
  /// are valid UTF-8.
  void split(std::string_view text, bool normalized, std::span<const TextRange> quoted,
             std::vector<Piece>& pieces) const;

  const AddedToken* find(std::string_view text) const;
  const AddedToken* find(TokenId id) const;
  const std::vector<AddedToken>& tokens() const { return tokens_; }

 private:
  std::vector<AddedToken> tokens_;
  std::unordered_map<std::string, std::size_t> by_text_;
  std::unordered_map<TokenId, std::size_t> by_id_;
  TextTrie raw_, normalized_;
};

}  // namespace vernier::engine
