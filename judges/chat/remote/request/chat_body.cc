#include "judges/chat/remote/request/chat_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/encoding/data_uri.h"
#include "base/json_text.h"
#include "base/printable.h"
#include "metrics/text/unicode/unicode.h"

namespace vernier::chat {
namespace {

using engine::ChatMessage;
using engine::ChatPart;
using engine::ChatRole;

void append_text(std::string& out, std::string_view text) {
  if (text::find_invalid_utf8(text) == std::string_view::npos) return append_json_string(out, text);
  std::string valid(text);
  text::replace_invalid_utf8(valid);
  append_json_string(out, valid);
}

std::string_view name_of(ChatRole role) {
  switch (role) {
    case ChatRole::kSystem:
      return "system";
    case ChatRole::kUser:
      return "user";
    case ChatRole::kAssistant:
      return "assistant";
  }
  return "user";
}

bool has_image(const ChatMessage& message) {
  return std::ranges::any_of(message.content, [](const ChatPart& part) { return part.image; });
}

/// A text of its own where there is no picture: many templates take nothing else there.
void append_plain(std::string& out, const ChatMessage& message) {
  std::string text;
  for (const ChatPart& part : message.content) text += part.text;
  append_text(out, text);
}

void append_picture(std::string& out, const Picture& picture) {
  out += R"({"type":"image_url","image_url":{"url":"data:)";
  out += media_type(picture.bytes);
  out += ";base64,";
  append_base64(out, picture.bytes);
  out += R"("}})";
}

void append_parts(std::string& out, const ChatMessage& message, const ChatRequest& request,
                  std::size_t& picture) {
  out.push_back('[');
  for (const ChatPart& part : message.content) {
    if (out.back() != '[') out.push_back(',');
    if (part.image) {
      append_picture(out, *request.pictures[picture++]);
    } else {
      out += R"({"type":"text","text":)";
      append_text(out, part.text);
      out.push_back('}');
    }
  }
  out.push_back(']');
}

void add_to_text(std::vector<ChatMessage>& messages, const std::string& start) {
  if (messages.empty() || messages.back().role != ChatRole::kUser) {
    messages.push_back({ChatRole::kUser, {}});
  }
  std::vector<ChatPart>& parts = messages.back().content;
  if (parts.empty() || parts.back().image) parts.emplace_back();
  std::string& text = parts.back().text;
  if (!text.empty() && !text.ends_with('\n')) text.push_back('\n');
  text += start;
}

ChatAnswer failed(ChatFailure failure, std::string error) {
  ChatAnswer answer;
  answer.failure = failure;
  answer.error = std::move(error);
  return answer;
}

}  // namespace

ChatAnswer check_request(const ChatRequest& request) {
  if (request.forced) {
    return failed(ChatFailure::kRequest,
                  "scoring a given answer needs a model with scores_texts, and a server is none");
  }
  std::size_t wanted = 0;
  for (const ChatMessage& message : request.messages) {
    wanted += static_cast<std::size_t>(std::ranges::count_if(message.content, &ChatPart::image));
  }
  if (request.messages.empty()) return failed(ChatFailure::kRequest, "no message");
  if (wanted != request.pictures.size()) {
    return failed(ChatFailure::kRequest, fmt::format("the messages show {} pictures, {} are given",
                                                     wanted, request.pictures.size()));
  }
  for (const auto& picture : request.pictures) {
    if (picture == nullptr) return failed(ChatFailure::kPicture, "a picture is missing");
    if (media_type(picture->bytes).empty()) {
      return failed(ChatFailure::kPicture,
                    fmt::format("{}: {}", printable(picture->name),
                                picture->bytes.empty() ? "is empty"
                                                       : "is not a JPEG, PNG, GIF or WebP file"));
    }
  }
  return {};
}

std::string chat_body(const ChatRequest& request, const BodySettings& settings) {
  std::vector<ChatMessage> messages = request.messages;
  const bool goes_on =
      !request.answer_start.empty() && settings.answer_start == AnswerStart::kMessage;
  if (goes_on) {
    messages.push_back({ChatRole::kAssistant, {{false, request.answer_start}}});
  } else if (!request.answer_start.empty()) {
    add_to_text(messages, request.answer_start);
  }

  std::string out = "{";
  append_json_key(out, "model");
  append_text(out, settings.model);
  append_json_key(out, "messages");
  out.push_back('[');
  std::size_t picture = 0;
  for (const ChatMessage& message : messages) {
    if (out.back() != '[') out.push_back(',');
    out.push_back('{');
    append_json_member(out, "role", name_of(message.role));
    append_json_key(out, "content");
    if (has_image(message)) {
      append_parts(out, message, request, picture);
    } else {
      append_plain(out, message);
    }
    out.push_back('}');
  }
  out.push_back(']');
  // Servers refuse to generate nothing.
  append_json_count(out, "max_tokens", std::max<std::size_t>(request.most_new, 1));
  out += R"(,"temperature":0,"seed":0,"n":1,"stream":false)";
  std::vector<std::string> stop = request.stop;
  std::erase(stop, "");
  if (!stop.empty()) {
    append_json_key(out, "stop");
    out.push_back('[');
    for (const std::string& text : stop) {
      if (out.back() != '[') out.push_back(',');
      append_text(out, text);
    }
    out.push_back(']');
  }
  if (!request.choices.empty() && settings.top_logprobs > 0) {
    out += R"(,"logprobs":true)";
    append_json_count(out, "top_logprobs", settings.top_logprobs);
  }
  if (goes_on) out += R"(,"continue_final_message":true,"add_generation_prompt":false)";
  out.push_back('}');
  return out;
}

}  // namespace vernier::chat
