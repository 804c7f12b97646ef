// From a text to what CLIP's tower for texts reads.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "judges/engine/config/parts/clip_text_config.h"
#include "judges/engine/tokenizer/encoder.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::engine {

/// Keeps the tokens of words that it has met; one a thread.
class ClipTokens {
 public:
  /// CLIP was trained on texts of so many tokens, begin and end among them.
  static constexpr std::size_t kMost = 77;

  /// Throws Error(kResource) for a tokenizer that does not fit the model: one that puts no token in
  /// front of a text or not the model's end behind it, or has tokens beyond the vocabulary.
  ClipTokens(const ClipTextConfig& config, const Tokenizer& tokenizer);

  /// A text's tokens, at most kMost and no more than the model has positions. A longer text loses
  /// its last ones; begin and end stay, as in transformers. `lead` stands before the text. What
  /// looks like CLIP's own tokens in `text` is text like any other.
  std::vector<TokenId> of(std::string_view lead, std::string_view text);

 private:
  Encoder encoder_;
  std::size_t most_, behind_;  ///< behind: tokens after a text
};

}  // namespace vernier::engine
