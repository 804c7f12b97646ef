#include "judges/chat/remote/reply/reply_json.h"

#include <fmt/format.h>

#include <algorithm>

namespace vernier::chat {
namespace {

using simdjson::SUCCESS;
using simdjson::dom::element;

constexpr std::size_t kMostExcerpt = 400;

std::string text_of(element value) {
  std::string_view text;
  if (value.get(text) == SUCCESS) return std::string(text);
  element inner;
  for (const char* key : {"message", "msg"}) {
    if (value[key].get(inner) == SUCCESS && inner.get(text) == SUCCESS) return std::string(text);
  }
  // FastAPI: a list of what is wrong with which field.
  if (value.at(0).get(inner) == SUCCESS && inner["msg"].get(text) == SUCCESS) {
    return std::string(text);
  }
  return "";
}

}  // namespace

ReplyJson::ReplyJson(std::string_view body) {
  constexpr std::string_view kBlanks = " \t\r\n";
  if (body.find_first_not_of(kBlanks) == std::string_view::npos) {
    error_ = "an empty body";
    return;
  }
  if (body[body.find_first_not_of(kBlanks)] == '<') {
    error_ = "HTML or XML instead of JSON";
    return;
  }
  element root;
  auto error = parser_.allocate(body.size(), kMostReplyDepth);
  if (error == SUCCESS) error = parser_.parse(body.data(), body.size()).get(root);
  if (error != SUCCESS) {
    error_ = fmt::format("not JSON: {}", simdjson::error_message(error));
  } else if (root.get(object_) != SUCCESS) {
    error_ = "not a JSON object";
  }
}

std::string error_text(std::string_view body) {
  const ReplyJson json(body);
  if (json.error().empty()) {
    for (const char* key : {"error", "message", "detail"}) {
      element value;
      if (json.object()[key].get(value) != SUCCESS) continue;
      std::string text = text_of(value);
      if (!text.empty()) return text;
    }
  }
  return std::string(body.substr(0, std::min(body.size(), kMostExcerpt)));
}

}  // namespace vernier::chat
