#include "judges/chat/remote/address/secret.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/paths/data_files.h"
#include "base/printable.h"

namespace vernier::chat {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kCutMark = "...";  // of printable()
constexpr std::size_t kShortestSecret = 8;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

}  // namespace

Secret::Secret(std::string_view key) : key_(trimmed(key)) {
  // A line end would begin a header line of its own.
  if (!std::ranges::all_of(key_, [](char c) { return c > ' ' && c < 0x7F; })) {
    throw Error(ExitCode::kUsage,
                "VERNIER_API_KEY holds blanks or characters beyond ASCII, which no key has");
  }
}

Secret Secret::of_environment() { return Secret(environment_value("VERNIER_API_KEY")); }

std::string Secret::without_key(std::string text) const {
  constexpr std::string_view kInstead = "[key]";
  if (key_.empty()) return text;
  for (std::size_t at = text.find(key_); at != std::string::npos;
       at = text.find(key_, at + kInstead.size())) {
    text.replace(at, key_.size(), kInstead);
  }
  return text;
}

std::string Secret::message(std::string_view text, std::size_t limit) const {
  // Before the cut: the first half of a key is half a secret.
  const std::string clean = without_key(std::string(text));
  // Escapes are up to four times as long as the bytes that they stand for.
  for (std::size_t most = limit;; most /= 2) {
    std::string out = printable(trimmed(clean), most);
    if (out.size() <= limit + kCutMark.size()) return out;
  }
}

std::string Secret::answer(std::string text) const {
  return key_.size() < kShortestSecret ? text : without_key(std::move(text));
}

}  // namespace vernier::chat
