#include "datasets/json/splitter.h"

#include <array>
#include <cstring>

#include "datasets/json/cursor.h"

namespace vernier::json {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::size_t skip_space(std::string_view data, std::size_t pos) {
  while (pos < data.size() && is_space(data[pos])) ++pos;
  return pos;
}

/// Start of the last record that begins on a line of its own behind another record's end, at or
/// before `from`; npos when there is none. One pass.
std::size_t last_boundary(std::string_view data, std::size_t from) {
  std::size_t open = Cut::npos;
  bool line_break = false;
  for (std::size_t i = from; i-- > 0;) {
    const char c = data[i];
    if (c == '\n' || c == '\r') {
      line_break = true;
    } else if (!is_space(c)) {
      if (c == '}' && open != Cut::npos && line_break) return open;
      open = c == '{' ? i : Cut::npos;
      line_break = false;
    }
  }
  return Cut::npos;
}

enum class Class : unsigned char { kOther, kQuote, kOpen, kClose };

constexpr std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> classes{};
  classes['"'] = Class::kQuote;
  classes['{'] = classes['['] = Class::kOpen;
  classes['}'] = classes[']'] = Class::kClose;
  return classes;
}();

}  // namespace

ValueScanner::State ValueScanner::string(const char*& p, const char* end) {
  if (escaped_) {
    if (p == end) return State::kMore;
    ++p;
    escaped_ = false;
  }
  // Quotes are far apart, so memchr's wide steps pay; backslashes before one are counted.
  for (;;) {
    const auto* quote =
        static_cast<const char*>(std::memchr(p, '"', static_cast<std::size_t>(end - p)));
    const char* stop = quote == nullptr ? end : quote;
    const char* run = stop;
    while (run > p && run[-1] == '\\') --run;
    const bool odd = ((stop - run) & 1) != 0;
    if (quote == nullptr) {
      escaped_ = odd;
      p = end;
      return State::kMore;
    }
    p = quote + 1;
    if (!odd) {
      in_string_ = false;
      return State::kDone;
    }
  }
}

ValueScanner::State ValueScanner::advance(const char*& p, const char* end) {
  while (p < end) {
    if (in_string_) {
      if (string(p, end) == State::kMore) return State::kMore;
      if (depth_ == 0) return State::kDone;
      continue;
    }
    const char c = *p;
    switch (kClasses[static_cast<unsigned char>(c)]) {
      case Class::kOther:
        if (depth_ == 0) {
          // A number or a word ends where anything else begins.
          if (is_space(c) || c == ',') return in_scalar_ ? State::kDone : State::kBroken;
          in_scalar_ = true;
        }
        ++p;
        break;
      case Class::kQuote:
        if (in_scalar_) return State::kBroken;
        in_string_ = true;
        ++p;
        break;
      case Class::kOpen:
        if (in_scalar_ || depth_ == kMaxDepth) return State::kBroken;
        levels_ = levels_ << 1 | (c == '{');
        ++depth_;
        ++p;
        break;
      case Class::kClose:
        if (depth_ == 0) return in_scalar_ ? State::kDone : State::kBroken;
        if ((levels_ & 1) != (c == '}')) return State::kBroken;
        levels_ >>= 1;
        ++p;
        if (--depth_ == 0) return State::kDone;
        break;
    }
  }
  return State::kMore;
}

Cut StreamSplitter::split(std::string_view data, bool last) {
  Cut cut;
  cut.begin = skip_space(data, 0);
  if (cut.begin == data.size()) {
    cut.consumed = data.size();
    return cut;
  }
  if (last) {
    cut.found = true;
    cut.end = cut.consumed = data.size();
    return cut;
  }
  const std::size_t boundary = last_boundary(data, data.size());
  if (boundary != Cut::npos && boundary > cut.begin) {
    cut.found = true;
    cut.end = cut.consumed = boundary;
    cut.previous = last_boundary(data, boundary);
    if (cut.previous == Cut::npos) cut.previous = cut.begin;
    return cut;
  }
  const char* end = data.data() + data.size();
  for (const char* p = data.data() + cut.begin; p < end;) {
    const char* start = p;
    ValueScanner scanner;
    const ValueScanner::State state = scanner.advance(p, end);
    if (state == ValueScanner::State::kMore) break;
    cut.found = true;
    if (state == ValueScanner::State::kBroken) {  // the parser will say what is wrong
      cut.broken = true;
      cut.end = cut.consumed = data.size();
      break;
    }
    cut.previous = static_cast<std::size_t>(start - data.data());
    cut.end = cut.consumed = static_cast<std::size_t>(p - data.data());
    while (p < end && is_space(*p)) ++p;
  }
  return cut;
}

bool ArraySplitter::elements(std::string_view data, bool last, std::size_t& pos, Cut& cut) {
  for (;;) {
    const std::size_t separator = skip_space(data, pos);
    if (separator == data.size()) {
      if (last) cut.unclosed = true;
      if (!cut.found) pos = separator;
      return false;
    }
    std::size_t start = separator;
    if (data[separator] == ']') {
      pos = separator + 1;
      first_ = false;
      state_ = member_.empty() ? State::kEnd : State::kAfterValue;
      return !cut.found;
    }
    if (!first_) {
      if (data[separator] != ',') throw Fault{separator, "expected ',' or ']' behind a record"};
      start = skip_space(data, separator + 1);
      if (start == data.size() && !last) return false;
      if (start == data.size()) {
        cut.unclosed = true;
        return false;
      }
      if (data[start] == ',' || data[start] == ']') {
        throw Fault{start, "expected a record behind ','"};
      }
    }
    const char* p = data.data() + start;
    ValueScanner scanner;
    const ValueScanner::State state = scanner.advance(p, data.data() + data.size());
    if (state == ValueScanner::State::kMore && !last) return false;
    if (!cut.found) cut.begin = start;
    cut.found = true;
    if (state != ValueScanner::State::kDone) {
      cut.broken = state == ValueScanner::State::kBroken;
      cut.end = pos = data.size();
      return false;
    }
    first_ = false;
    cut.previous = start;
    cut.end = pos = static_cast<std::size_t>(p - data.data());
  }
}

bool ArraySplitter::step(std::string_view data, bool last, std::size_t& pos, Cut& cut) {
  if (state_ == State::kElement) return elements(data, last, pos, cut);
  if (state_ == State::kSkip) {
    const char* p = data.data() + pos;
    const ValueScanner::State state = scanner_.advance(p, data.data() + data.size());
    pos = static_cast<std::size_t>(p - data.data());
    if (state == ValueScanner::State::kBroken) throw Fault{pos, "brackets that do not match"};
    if (state == ValueScanner::State::kMore) {
      cut.unclosed = last;
      return false;
    }
    state_ = State::kAfterValue;
    return true;
  }
  pos = skip_space(data, pos);
  if (pos == data.size()) {
    cut.unclosed = last && state_ != State::kEnd;
    return false;
  }
  const char c = data[pos];
  switch (state_) {
    case State::kArray:
      if (c != '[') throw Fault{pos, "expected '['"};
      ++pos;
      first_ = true;
      state_ = State::kElement;
      return true;
    case State::kObject:
      if (c != '{') throw Fault{pos, "expected '{'"};
      ++pos;
      first_ = true;
      state_ = State::kKey;
      return true;
    case State::kKey: {
      if (c == '}' && first_) {
        ++pos;
        state_ = State::kEnd;
        return true;
      }
      RawString key;
      Cursor cursor(data, pos);
      try {
        key = cursor.string();
        cursor.expect(':', "':' after a key");
        cursor.type();
      } catch (const Fault& fault) {
        if (!fault.at_end) throw;
        cut.unclosed = last;
        if (last) pos = data.size();
        return false;
      }
      pos = skip_space(data, cursor.offset());
      first_ = true;
      if (key.bytes() == member_ && !seen_) {
        seen_ = true;
        state_ = State::kArray;
      } else {
        scanner_.reset();
        state_ = State::kSkip;
      }
      return true;
    }
    case State::kAfterValue:
      if (c != ',' && c != '}') throw Fault{pos, "expected ',' or '}'"};
      ++pos;
      first_ = false;
      state_ = c == ',' ? State::kKey : State::kEnd;
      return true;
    default:
      throw Fault{pos, "expected nothing behind the last closing bracket"};
  }
}

Cut ArraySplitter::split(std::string_view data, bool last) {
  Cut cut;
  std::size_t pos = 0;
  while (step(data, last, pos, cut)) {
  }
  cut.consumed = last && !cut.found ? data.size() : pos;
  return cut;
}

}  // namespace vernier::json
