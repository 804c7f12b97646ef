// The key that a server wants, and keeping it out of everything that is written.
#pragma once

#include <string>
#include <string_view>

namespace vernier::chat {

class Secret {
 public:
  Secret() = default;
  /// Blanks and line ends around the key do not count. Throws Error(kUsage) for characters that
  /// cannot stand in a header line; the message does not show the key.
  explicit Secret(std::string_view key);

  /// What VERNIER_API_KEY holds, the only way in.
  static Secret of_environment();

  bool empty() const { return key_.empty(); }
  /// For the header line only.
  const std::string& reveal() const { return key_; }

  /// A server's own words, for a message: in one line of at most `limit` printable bytes, "[key]"
  /// in the key's place.
  std::string message(std::string_view text, std::size_t limit = kMostMessage) const;
  static constexpr std::size_t kMostMessage = 120;

  /// What a model said. A key of a few letters ("EMPTY") is a word like others and stays.
  std::string answer(std::string text) const;

 private:
  std::string without_key(std::string text) const;

  std::string key_;
};

}  // namespace vernier::chat
