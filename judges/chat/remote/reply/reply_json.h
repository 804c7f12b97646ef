// A server's JSON, which is not trusted.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

namespace vernier::chat {

/// Deeper nesting is refused; answers have about eight levels.
constexpr std::size_t kMostReplyDepth = 64;

/// An object and the memory that it lives in.
class ReplyJson {
 public:
  /// `error()` says in a few words what is wrong; empty: all is well. Never throws but for memory.
  explicit ReplyJson(std::string_view body);

  const std::string& error() const { return error_; }
  simdjson::dom::object object() const { return object_; }

 private:
  simdjson::dom::parser parser_;
  simdjson::dom::object object_;
  std::string error_;
};

/// What a server says is wrong, in its own words: the message in one of the shapes that are in use
/// ({"error":{"message":..}}, {"error":..}, {"message":..}, {"detail":..}), else the beginning of
/// the body. Not yet fit for a message: see Secret::message().
std::string error_text(std::string_view body);

}  // namespace vernier::chat
