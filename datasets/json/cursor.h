// A strict, forward-only JSON scanner over bytes in memory (RFC 8259).
//
// simdjson reads JSON elsewhere. Here three things are wanted that its on-demand interface does not
// give: the place of every error, numbers as they were written (ids), and strings whose bad bytes
// or lone surrogates can be replaced and counted. Captions are nearly all string bytes, which are
// scanned 16 at a time; tests/datasets compare the accepted texts and values with simdjson's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vernier::json {

/// Objects and arrays inside each other; more is refused. Real records have fewer than ten, and 64
/// brackets fit into one word.
constexpr unsigned kMaxDepth = 64;

/// Why a text is not JSON. Caught by the record layer, which knows file, line and id.
struct Fault {
  std::size_t offset;   ///< into the scanned text
  std::string message;  ///< "expected ..., found ..."
  bool at_end = false;  ///< the text ended too early: perhaps cut off
};

/// A string as it stands between its quotes. Kept to 16 bytes, which are returned in registers.
struct RawString {
  const char* data = nullptr;
  std::uint32_t size = 0;  ///< texts to be scanned are below 4 GiB
  bool escaped = false;    ///< holds a backslash
  bool ascii = true;       ///< holds no byte above 0x7F

  std::string_view bytes() const { return {data, size}; }
};

enum class Type : std::uint8_t {
  kString,
  kNumber,
  kTrue,
  kFalse,
  kNull,
  kNotFinite,
  kObject,
  kArray
};

/// What a message calls a value of this type, e.g. "a number".
const char* describe(Type type);

/// Position in a text. Every scan function leaves it behind what was scanned or throws Fault.
class Cursor {
 public:
  explicit Cursor(std::string_view text, std::size_t begin = 0)
      : begin_(text.data()), at_(text.data() + begin), end_(text.data() + text.size()) {}

  /// Whether any string so far held bytes above 0x7F or surrogate escapes: only then can decoding
  /// find something to refuse or replace.
  bool needs_recoding() const { return not_ascii_ || surrogates_; }
  void reset_recoding() { not_ascii_ = surrogates_ = false; }

  std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }
  bool at_end() const { return at_ == end_; }

  void skip_space() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }

  /// Skips white space and returns the next byte without taking it; '\0' at the end.
  char peek() {
    skip_space();
    return at_ < end_ ? *at_ : '\0';
  }

  /// Skips white space and takes `c` if it is next.
  bool take(char c) {
    if (peek() != c || at_ == end_) return false;
    ++at_;
    return true;
  }

  /// Skips white space and takes `c`, else throws; `expected` words the message.
  void expect(char c, const char* expected) {
    if (!take(c)) fail(expected);
  }

  /// The type of the value that comes next, judged by its first byte.
  Type type() { return peek() == '"' ? Type::kString : other_type(); }

  RawString string();

  /// Scans any value (validating all of it, bytes that are not UTF-8 excepted) and returns its
  /// text. NaN, Infinity and -Infinity, which Python writes, are accepted as kNotFinite.
  std::string_view value();

  /// The next member of an object: its key, with the cursor before the value. False at `}`.
  /// `first` is true for the first call and set to false.
  bool next_member(bool& first, RawString& key);

  /// Moves before the next element of an array; false at `]`.
  bool next_element(bool& first);

  [[noreturn]] void fail(const char* expected) const { fail_at(at_, expected); }

 private:
  [[noreturn]] void fail_at(const char* where, const char* expected) const;
  Type other_type();
  std::string_view scalar();
  void number();
  void word(std::string_view text, const char* expected);

  const char* begin_;
  const char* at_;
  const char* end_;
  bool not_ascii_ = false, surrogates_ = false;
};

}  // namespace vernier::json
