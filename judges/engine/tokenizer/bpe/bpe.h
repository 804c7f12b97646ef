// Byte-pair encoding of a word: Sennrich et al. 2016, as Hugging Face's tokenizers runs it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/tokenizer/bpe/key_table.h"
#include "judges/engine/tokenizer/bpe/vocabulary.h"

namespace vernier::engine {

struct BpeOptions {
  bool byte_level = false;     ///< a word's first symbols are the letters of its bytes
  bool byte_fallback = false;  ///< unknown characters become tokens <0x00> to <0xFF>
  bool ignore_merges = false;  ///< a word that is a token is that token
  bool fuse_unknown = false;   ///< unknown characters side by side become one token
  std::string word_end;        ///< behind a word's last character ("</w>"), if not empty
  TokenId unknown = kNoToken;  ///< none: unknown characters vanish
};

struct Merge {
  std::uint32_t rank = 0;
  TokenId result = 0;
};
/// Keys: the left token's id times 2^32 and the right one's.
using Merges = KeyTable<Merge>;

constexpr std::uint64_t pair_key(TokenId left, TokenId right) {
  return std::uint64_t{left} << 32 | right;
}

/// Memory that words share; one a thread.
struct BpeScratch {
  struct Symbol {
    TokenId id;
    std::uint32_t before, after;  // places of neighbours
  };
  std::vector<Symbol> symbols;
  std::vector<std::uint64_t> queue;  // rank times 2^32 and the left symbol's place
  std::string letters;
};

class Bpe {
 public:
  Bpe(Vocabulary vocabulary, Merges merges, BpeOptions options);

  /// Appends the tokens of a word (valid UTF-8, below 2 GiB). Of the pairs of neighbours with the
  /// lowest rank the leftmost is merged until none is left: n log n for n characters.
  void append(std::string_view word, BpeScratch& scratch, std::vector<TokenId>& out) const;

  const Vocabulary& vocabulary() const { return vocabulary_; }
  const BpeOptions& options() const { return options_; }

 private:
  class Starts;
  void start(std::string_view word, BpeScratch& scratch) const;
  TokenId last_symbol(std::string_view character, BpeScratch& scratch) const;
  void merge(BpeScratch& scratch) const;
  void offer(BpeScratch& scratch, std::uint32_t left) const;

  Vocabulary vocabulary_;
  Merges merges_;
  BpeOptions options_;
  std::array<TokenId, 256> letter_{};  // tokens of bytes' letters, or of ASCII characters
  std::array<TokenId, 256> byte_{};    // tokens <0xHH>
};

}  // namespace vernier::engine
