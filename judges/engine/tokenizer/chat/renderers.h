// Chat templates as code.
#pragma once

#include <span>
#include <string_view>

#include "judges/engine/tokenizer/chat/chat_template.h"

namespace vernier::engine {

struct ChatRenderer {
  std::string_view name;
  std::string_view placeholder;
  void (*render)(std::span<const ChatMessage> messages, const ChatTokens& tokens,
                 bool add_generation_prompt, ChatPrompt& out);
};

/// All renderers, in the order of messages about them.
std::span<const ChatRenderer> chat_renderers();

}  // namespace vernier::engine
