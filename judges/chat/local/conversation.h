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

class Conversation {
 public:
  using Inputs = std::span<const std::shared_ptr<const engine::VisionInput>>;

  /// All must outlive it. Throws Error(kUsage) for messages that the template has no words for.
  Conversation(const engine::ChatTemplate& chat, const engine::PromptBuilder& builder,
               const ChatRequest& request, Inputs inputs);

  /// Up to where the model goes on.
  const engine::Prompt& prompt() const { return prompt_; }
  /// An answer in its place: its tokens, behind `kept` tokens of the prompt. Those are all of them,
  /// unless the answer's first characters melt into the prompt's last tokens.
  struct Answer {
    std::size_t kept;
    std::vector<std::uint32_t> tokens;
  };
  Answer answer(std::string_view text) const;
  /// What the template writes before an answer's text, and the model with it: a blank behind
  /// "ASSISTANT:", mostly.
  std::string_view lead() const { return lead_; }
  /// What stands between the last message's text and where the model goes on: the template's words
  /// and answer_start. Answers of a few letters are cut into tokens alike behind equal ones.
  std::string_view tail() const { return std::string_view(rendered_.text).substr(messages_end_); }

 private:
  const engine::PromptBuilder& builder_;
  Inputs inputs_;
  engine::ChatPrompt rendered_;
  std::string lead_;
  std::size_t messages_end_ = 0;  // in rendered_.text
  engine::Prompt prompt_;
};

}  // namespace vernier::chat
