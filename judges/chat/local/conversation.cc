#include "judges/chat/local/conversation.h"

#include <algorithm>

namespace vernier::chat {
namespace {

using engine::ChatMessage;
using engine::ChatPrompt;
using engine::ChatRole;

// Between the end of the prompt and an answer: what the template puts there in a finished turn.
std::string lead_of(const engine::ChatTemplate& chat, std::vector<ChatMessage> messages,
                    const ChatPrompt& prompt) {
  constexpr std::string_view kProbe = "x";
  messages.push_back({ChatRole::kAssistant, {{false, std::string(kProbe)}}});
  const ChatPrompt answered = chat.render(messages, false);
  if (answered.quoted.empty() || !answered.text.starts_with(prompt.text)) return {};
  const std::size_t begin = answered.quoted.back().begin;
  return answered.text.substr(prompt.text.size(), begin - prompt.text.size());
}

void append(ChatPrompt& prompt, std::string_view lead, std::string_view text) {
  prompt.text += lead;
  if (!text.empty()) {
    prompt.quoted.push_back({prompt.text.size(), prompt.text.size() + text.size()});
  }
  prompt.text += text;
}

}  // namespace

Conversation::Conversation(const engine::ChatTemplate& chat, const engine::PromptBuilder& builder,
                           const ChatRequest& request, Inputs inputs)
    : builder_(builder), inputs_(inputs), rendered_(chat.render(request.messages, true)) {
  lead_ = lead_of(chat, request.messages, rendered_);
  if (!rendered_.quoted.empty()) messages_end_ = rendered_.quoted.back().end;
  if (!request.answer_start.empty()) {
    append(rendered_, lead_, request.answer_start);
    lead_.clear();
  }
  prompt_ = builder_.build(rendered_, inputs_);
}

Conversation::Answer Conversation::answer(std::string_view text) const {
  ChatPrompt whole = rendered_;
  append(whole, lead_, text);
  const engine::Prompt answered = builder_.build(whole, inputs_);
  const auto [end, rest] = std::ranges::mismatch(prompt_.ids, answered.ids);
  return {static_cast<std::size_t>(end - prompt_.ids.begin()), {rest, answered.ids.end()}};
}

}  // namespace vernier::chat
