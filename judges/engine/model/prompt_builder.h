// From text with pictures in it to the tokens that a model reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/config/model_config.h"
#include "judges/engine/families/profile.h"
#include "judges/engine/serve/prompt.h"
#include "judges/engine/tokenizer/chat/chat_template.h"
#include "judges/engine/tokenizer/tokenizer.h"

namespace vernier::engine {

class PromptBuilder {
 public:
  /// Throws Error(kResource) where the tokenizer lacks a token that stands for images.
  PromptBuilder(const ModelConfig& model, Tokenizer tokenizer, std::string placeholder);

  /// As many inputs as the prompt has images, else Error(kInternal). What looks like a placeholder
  /// elsewhere stays text; special tokens in what is quoted, too.
  Prompt build(const ChatPrompt& chat,
               std::span<const std::shared_ptr<const VisionInput>> inputs) const;

  const Tokenizer& tokenizer() const { return tokenizer_; }

 private:
  /// Puts the ids of the whole text into the prompt, those that stand around an image's tokens in
  /// their places, and notes where those are. `owners`: of the image tokens, in order.
  void place(std::span<const std::uint32_t> ids, std::span<const std::size_t> owners,
             Prompt& prompt) const;

  const FamilyProfile& profile_;
  Tokenizer tokenizer_;
  std::string placeholder_;
  std::uint32_t image_token_;
  std::string image_text_;                  ///< of the token that features take the place of
  std::vector<std::uint32_t> start_, end_;  ///< around each image, or each of its parts
};

}  // namespace vernier::engine
