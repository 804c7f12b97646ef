// A request as the JSON that a server takes.
#pragma once

#include <cstdint>
#include <string>

#include "judges/chat/chat_model.h"

namespace vernier::chat {

/// How `ChatRequest::answer_start` reaches a server. The interface knows no such thing.
enum class AnswerStart : std::uint8_t {
  /// It ends the last message of the user, on a line of its own: "...\nScore: ". Every server
  /// understands that; the model may answer from there or say it again.
  kInText,
  /// It is a last message, of the assistant, with "continue_final_message": true and
  /// "add_generation_prompt": false, as vLLM and SGLang want it. llama-server goes on from such a
  /// message by itself. Servers that know neither begin a new answer behind it; some refuse it.
  kMessage,
};

struct BodySettings {
  std::string model;
  AnswerStart answer_start = AnswerStart::kInText;
  unsigned top_logprobs = 0;  ///< 0: none are asked for, whatever the request wants
};

/// What is wrong with a request before any server is asked: failure and error are set, or kNone.
/// Pictures must be JPEG, PNG, GIF or WebP; as many as the messages' image parts; no `forced`.
ChatAnswer check_request(const ChatRequest& request);

/// The body: the same bytes for the same request. `request` has passed check_request(). Bytes of
/// texts that are not UTF-8 become U+FFFD.
std::string chat_body(const ChatRequest& request, const BodySettings& settings);

}  // namespace vernier::chat
