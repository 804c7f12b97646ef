#include "metrics/text/unicode/display_width.h"

#include <unicode/uchar.h>

#include "metrics/text/unicode/unicode.h"

namespace vernier::text {
namespace {

std::size_t width_of(char32_t c) {
  if (c < 0x300) return 1;
  const auto code = static_cast<UChar32>(c);
  switch (u_charType(code)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int east_asian = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

std::string blanks(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(width < columns ? columns - width : 0, ' ');
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t pos = 0; pos < text.size();) width += width_of(next_code_point(text, pos));
  return width;
}

std::size_t prefix_of_width(std::string_view text, std::size_t columns) {
  std::size_t width = 0, pos = 0;
  while (pos < text.size()) {
    std::size_t next = pos;
    width += width_of(next_code_point(text, next));
    if (width > columns && pos > 0) return pos;
    pos = next;
  }
  return pos;
}

std::string cut_to_width(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  return std::string(text.substr(0, prefix_of_width(text, columns - 3))) + "...";
}

std::string pad_right(std::string_view text, std::size_t columns) {
  return std::string(text) + blanks(text, columns);
}

std::string pad_left(std::string_view text, std::size_t columns) {
  return blanks(text, columns) + std::string(text);
}

}  // namespace vernier::text
