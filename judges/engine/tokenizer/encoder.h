// Encodes many texts with one tokenizer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/tokenizer/bpe/word_cache.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::engine {

/// Keeps memory and the tokens of words that it has met; one a thread.
class Encoder {
 public:
  /// `cached_words`: slots of 64 bytes.
  explicit Encoder(Tokenizer tokenizer, std::size_t cached_words = 8192);

  /// Appends the ids of a text; see Tokenizer::encode.
  void append(std::string_view text, const EncodeOptions& options, std::vector<TokenId>& ids);

 private:
  /// `place`: where in the whole text the piece begins.
  void append_raw(std::string_view piece, std::size_t place, const EncodeOptions& options,
                  std::vector<TokenId>& ids);
  void quote_normalized(std::string_view piece, std::size_t place,
                        std::span<const TextRange> quoted);
  void append_words(std::string_view piece, bool begins_text, std::vector<TokenId>& ids);

  Tokenizer tokenizer_;
  WordCache cache_;
  BpeScratch scratch_;
  Pieces words_;
  std::string normalized_;
  std::vector<AddedTokens::Piece> raw_, inner_;
  std::vector<TextRange> quoted_;
};

}  // namespace vernier::engine
