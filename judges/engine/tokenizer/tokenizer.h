// Text to token ids and back, as Hugging Face's tokenizers does it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "judges/engine/tokenizer/file/tokenizer_file.h"

namespace vernier::engine {

struct EncodeOptions {
  /// Puts the post-processor's tokens (<s>, say) around the text.
  bool add_special = true;
  /// Where "</s>" is four characters: text that comes from others. Ascending, apart.
  std::span<const TextRange> quoted = {};
};

/// A tokenizer.json with a BPE model: byte-level (GPT-2, SmolLM2, Qwen2, Llama 3, CLIP) or with
/// byte fallback (exports of SentencePiece: Llama, Vicuna). Immutable; copies share everything, and
/// threads may share one. Ids and texts equal those of the Python package `tokenizers` 0.23.
class Tokenizer {
 public:
  /// Throws Error(kResource): file, place, what was expected. The second form takes the file's text
  /// and a name for messages. `more`: special tokens with ids of their own behind all others, where
  /// the file lacks them.
  static Tokenizer load(const std::string& path, std::span<const std::string_view> more = {});
  static Tokenizer parse(std::string_view json, const std::string& name,
                         std::span<const std::string_view> more = {});

  /// Bytes that are not UTF-8 are read as U+FFFD. Many texts: see Encoder. Throws Error(kBadInput)
  /// for texts of 2 GiB.
  std::vector<TokenId> encode(std::string_view text, const EncodeOptions& options = {}) const;

  /// Valid UTF-8. Ids that no token has are left out, and special tokens with `skip_special`. As
  /// tokens come: see StreamDecoder.
  std::string decode(std::span<const TokenId> ids, bool skip_special) const;

  std::optional<TokenId> id_of(std::string_view token) const;
  /// Empty for ids that no token has. As the file has it: letters for bytes, U+2581 for a blank.
  std::string_view token_of(TokenId id) const;
  bool is_special(TokenId id) const;
  /// The largest id and one. Models may have more rows of embeddings than that.
  TokenId size() const { return parts_->size; }

  const TokenizerParts& parts() const { return *parts_; }

 private:
  explicit Tokenizer(TokenizerParts parts)
      : parts_(std::make_shared<const TokenizerParts>(std::move(parts))) {}

  std::shared_ptr<const TokenizerParts> parts_;
};

}  // namespace vernier::engine
