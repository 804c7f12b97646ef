#include "runners/output/text_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "metrics/text/unicode/display_width.h"

namespace vernier {

std::string text_table(const TextRows& rows, std::string_view sides) {
  std::vector<std::size_t> widths(sides.size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], text::display_width(row[i]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line += "  ";
      line +=
          sides[i] == 'l' ? text::pad_right(row[i], widths[i]) : text::pad_left(row[i], widths[i]);
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string markdown_text(std::string text) {
  for (std::size_t at = 0; (at = text.find_first_of("|<`", at)) != std::string::npos; at += 2) {
    text.insert(at, 1, '\\');
  }
  return text;
}

std::string markdown_table(const TextRows& rows, std::string_view sides) {
  std::string out;
  for (std::size_t n = 0; n < rows.size(); ++n) {
    out += '|';
    for (const std::string& cell : rows[n]) out += " " + markdown_text(cell) + " |";
    out += '\n';
    if (n > 0) continue;
    for (const char side : sides) out += side == 'l' ? "|---" : "|---:";
    out += "|\n";
  }
  return out;
}

}  // namespace vernier
