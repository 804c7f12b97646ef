#include "metrics/text/sentences/punkt_tokens.h"

#include <unicode/uchar.h>

#include "metrics/text/unicode/unicode.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::text {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool may_begin_word(char c) {
  constexpr std::string_view kNever = "(\"`{[:;&#*@)}]-,";
  return kNever.find(c) == kNone;
}

std::size_t run_of(std::string_view text, std::size_t pos, char c) {
  const std::size_t end = text.find_first_not_of(c, pos);
  return (end == kNone ? text.size() : end) - pos;
}

/// Length in bytes of periods with one white space between them, three at least; 0 where there are
/// not so many.
std::size_t spaced_periods(std::string_view text, std::size_t pos) {
  const std::size_t begin = pos;
  std::size_t periods = 0, end = pos;
  while (pos < text.size() && text[pos] == '.') {
    end = ++pos;
    ++periods;
    if (pos == text.size() || !is_python_space(next_code_point(text, pos))) break;
  }
  return periods >= 3 ? end - begin : 0;
}

/// Length in bytes of a run of hyphens or periods at `pos`; 0 where there is none.
std::size_t multiple(std::string_view text, std::size_t pos) {
  const char c = text[pos];
  if (c != '-' && c != '.') return 0;
  const std::size_t run = run_of(text, pos, c);
  if (run >= 2) return run;
  return c == '.' ? spaced_periods(text, pos) : 0;
}

/// Whether a word ends before `pos`.
bool ends_word(std::string_view text, std::size_t pos) {
  const auto closes = [&](std::size_t at) {
    return at == text.size() || leading_space(text.substr(at)) > 0 || is_punkt_mark(text[at]) ||
           multiple(text, at) > 0;
  };
  return closes(pos) || (text[pos] == ',' && closes(pos + 1));
}

void line_tokens(std::string_view line, std::vector<std::string_view>& tokens) {
  for (std::size_t pos = leading_space(line); pos < line.size();
       pos += leading_space(line.substr(pos))) {
    std::size_t end = pos + multiple(line, pos);
    if (end == pos) {
      next_code_point(line, end);
      if (may_begin_word(line[pos])) {
        while (!ends_word(line, end)) next_code_point(line, end);
      }
    }
    tokens.push_back(line.substr(pos, end - pos));
    pos = end;
  }
}

char32_t first_of(std::string_view token) {
  std::size_t pos = 0;
  return token.empty() ? U'\0' : next_code_point(token, pos);
}

bool is_digit(char32_t c) { return u_isdigit(static_cast<UChar32>(c)); }

/// -?[.,]?DIGIT[DIGITS , . -]*
bool is_number(std::string_view token) {
  if (token.starts_with('-')) token.remove_prefix(1);
  if (token.starts_with('.') || token.starts_with(',')) token.remove_prefix(1);
  if (token.empty() || !is_digit(first_of(token))) return false;
  for (std::size_t pos = 0; pos < token.size();) {
    const char32_t c = next_code_point(token, pos);
    if (!is_digit(c) && c != ',' && c != '.' && c != '-') return false;
  }
  return true;
}

}  // namespace

void punkt_tokens(std::string_view text, std::vector<std::string_view>& tokens) {
  for (;;) {
    const std::size_t end = text.find('\n');
    line_tokens(text.substr(0, end), tokens);
    if (end == kNone) return;
    text.remove_prefix(end + 1);
  }
}

std::string punkt_type(std::string_view token) {
  if (is_number(token)) return "##number##";
  return to_lower(token);
}

bool is_initial(std::string_view token) {
  std::size_t pos = 0;
  const char32_t c = first_of(token);
  if (token.empty()) return false;
  next_code_point(token, pos);
  return is_python_word(c) && !is_digit(c) && token.substr(pos) == ".";
}

bool is_ellipsis(std::string_view token) {
  return token.size() >= 2 && run_of(token, 0, '.') == token.size();
}

bool begins_upper(std::string_view token) {
  return u_isUUppercase(static_cast<UChar32>(first_of(token)));
}
bool begins_lower(std::string_view token) {
  return u_isULowercase(static_cast<UChar32>(first_of(token)));
}

}  // namespace vernier::text
