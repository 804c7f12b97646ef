// A request as the tokens of one prompt and of the answer that it goes on with.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/chat/chat_model.h"
#include "judges/engine/model/prompt_builder.h"
#include "judges/engine/tokenizer/chat/chat_template.h"

namespace vernier::chat {

/// What a template writes before an answer's text: a blank behind "ASSISTANT:", mostly.
class Conversation {
 public:
  using Inputs = std::span<const std::shared_ptr<const engine::VisionInput>>;

  /// All must outlive it. Throws Error(kUsage) for messages that the template has no words for.
  Conversation(const engine::ChatTemplate& chat, const engine::PromptBuilder& builder,
               const ChatRequest& request, Inputs inputs);

  /// Up to where the model goes on.
  const engine::Prompt& prompt() const { return prompt_; }
  /// The tokens of an answer in its place. Where they would melt into the prompt's last ones, the
  /// prompt ends before those.
  std::vector<std::uint32_t> answer(std::string_view text);
  /// What stands before an answer in the text of generated tokens.
  std::string_view lead() const { return lead_; }

 private:
  const engine::PromptBuilder& builder_;
  Inputs inputs_;
  engine::ChatPrompt rendered_;
  std::string lead_;
  engine::Prompt prompt_;
};

}  // namespace vernier::chat
