#include "datasets/json/cursor.h"

#include <fmt/format.h>

#include <bit>

#include "base/printable.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace vernier::json {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// First byte that a string cannot hold plainly: a quote, a backslash or a control character.
/// Sets `high` when a byte above 0x7F lies before it.
const char* find_special(const char* p, const char* end, bool& high) {
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i last_control = _mm_set1_epi8(0x1F);
  for (; end - p >= 16; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i special =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
                     _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes));
    const auto stops = static_cast<unsigned>(_mm_movemask_epi8(special));
    const auto highs = static_cast<unsigned>(_mm_movemask_epi8(bytes));
    if (stops != 0) {
      high |= (highs & ((stops & -stops) - 1)) != 0;
      return p + std::countr_zero(stops);
    }
    high |= highs != 0;
  }
#endif
  for (; p < end; ++p) {
    const auto byte = static_cast<unsigned char>(*p);
    if (byte == '"' || byte == '\\' || byte < 0x20) break;
    high |= byte >= 0x80;
  }
  return p;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

const char* describe(Type type) {
  switch (type) {
    case Type::kString:
      return "a string";
    case Type::kNumber:
      return "a number";
    case Type::kTrue:
      return "true";
    case Type::kFalse:
      return "false";
    case Type::kNull:
      return "null";
    case Type::kNotFinite:
      return "a number that is not finite";
    case Type::kObject:
      return "an object";
    case Type::kArray:
      return "an array";
  }
  return "";
}

void Cursor::fail_at(const char* where, const char* expected) const {
  const auto offset = static_cast<std::size_t>(where - begin_);
  if (where == end_) throw Fault{offset, fmt::format("expected {}, found the end", expected), true};
  const std::string_view rest(where, static_cast<std::size_t>(end_ - where));
  throw Fault{offset, fmt::format("expected {}, found '{}'", expected, printable(rest, 12))};
}

Type Cursor::other_type() {
  switch (peek()) {
    case '{':
      return Type::kObject;
    case '[':
      return Type::kArray;
    case 't':
      return Type::kTrue;
    case 'f':
      return Type::kFalse;
    case 'n':
      return Type::kNull;
    case 'N':
    case 'I':
      return Type::kNotFinite;
    case '-':
      return at_ + 1 < end_ && at_[1] == 'I' ? Type::kNotFinite : Type::kNumber;
    default:
      if (at_ == end_ || !is_digit(*at_)) fail("a value");
      return Type::kNumber;
  }
}

RawString Cursor::string() {
  expect('"', "a string");
  const char* begin = at_;
  RawString raw;
  bool high = false;
  for (;;) {
    at_ = find_special(at_, end_, high);
    if (at_ == end_) fail("the closing quote of a string");
    if (*at_ == '"') break;
    if (*at_ != '\\') {
      if (*at_ == '\n' || *at_ == '\r') fail("the closing quote of a string before the line ends");
      fail("control characters in a string to be written as escapes");
    }
    raw.escaped = true;
    if (end_ - at_ < 2) fail_at(end_, "an escape sequence");
    switch (at_[1]) {
      case '"':
      case '\\':
      case '/':
      case 'b':
      case 'f':
      case 'n':
      case 'r':
      case 't':
        at_ += 2;
        break;
      case 'u':
        for (std::ptrdiff_t i = 2; i < 6; ++i) {
          if (end_ - at_ <= i) fail_at(end_, "four hexadecimal digits");
          if (hex_value(at_[i]) < 0) fail("four hexadecimal digits after \\u");
        }
        surrogates_ |= (at_[2] | 0x20) == 'd' && hex_value(at_[3]) >= 8;
        at_ += 6;
        break;
      default:
        fail("an escape sequence (\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u)");
    }
  }
  raw.data = begin;
  raw.size = static_cast<std::uint32_t>(at_ - begin);
  raw.ascii = !high;
  not_ascii_ |= high;
  ++at_;
  return raw;
}

void Cursor::number() {
  const auto digits = [this] {
    if (at_ == end_ || !is_digit(*at_)) fail("a digit");
    while (at_ < end_ && is_digit(*at_)) ++at_;
  };
  if (*at_ == '-') ++at_;
  const char* first = at_;
  digits();
  if (*first == '0' && at_ - first > 1) fail_at(first, "a number without leading zeros");
  if (at_ < end_ && *at_ == '.') {
    ++at_;
    digits();
  }
  if (at_ < end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ < end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    digits();
  }
}

void Cursor::word(std::string_view text, const char* expected) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (at_ + i == end_) fail_at(end_, expected);
    if (at_[i] != text[i]) fail(expected);
  }
  at_ += text.size();
}

std::string_view Cursor::scalar() {
  const Type kind = type();
  const char* begin = at_;
  switch (kind) {
    case Type::kString:
      string();
      break;
    case Type::kNumber:
      number();
      break;
    case Type::kTrue:
      word("true", "a value");
      break;
    case Type::kFalse:
      word("false", "a value");
      break;
    case Type::kNull:
      word("null", "a value");
      break;
    default:
      if (*at_ == '-') ++at_;
      if (at_ < end_ && *at_ == 'N') {
        word("NaN", "a value");
      } else {
        word("Infinity", "a value");
      }
  }
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

bool Cursor::next_member(bool& first, RawString& key) {
  if (take('}')) return false;
  if (!first && !take(',')) fail("',' or '}'");
  if (peek() != '"') fail(first ? "a key in quotes or '}'" : "a key in quotes after ','");
  first = false;
  key = string();
  expect(':', "':' after a key");
  return true;
}

bool Cursor::next_element(bool& first) {
  if (take(']')) return false;
  if (!first && !take(',')) fail("',' or ']'");
  if (!first && peek() == ']') fail("a value after ','");
  first = false;
  return true;
}

std::string_view Cursor::value() {
  const char open = peek();
  const char* begin = at_;
  if (open != '{' && open != '[') return scalar();
  // One bit a level, the innermost lowest: 1 for an object.
  std::uint64_t levels = 0;
  unsigned depth = 0;
  for (;;) {
    // Before a value.
    const char c = peek();
    if (c == '{' || c == '[') {
      if (depth == kMaxDepth) fail(fmt::format("at most {} levels", kMaxDepth).c_str());
      ++at_;
      levels = levels << 1 | (c == '{');
      ++depth;
      if (take(c == '{' ? '}' : ']')) {
        levels >>= 1;
        --depth;
      } else {
        if (c == '{') {
          if (peek() != '"') fail("a key in quotes");
          string();
          expect(':', "':' after a key");
        }
        continue;
      }
    } else {
      scalar();
    }
    // Behind a value.
    while (depth > 0 && !take(',')) {
      const bool object = (levels & 1) != 0;
      expect(object ? '}' : ']', object ? "',' or '}'" : "',' or ']'");
      levels >>= 1;
      --depth;
    }
    if (depth == 0) return {begin, static_cast<std::size_t>(at_ - begin)};
    if ((levels & 1) != 0) {
      if (peek() != '"') fail("a key in quotes after ','");
      string();
      expect(':', "':' after a key");
    }
  }
}

}  // namespace vernier::json
