#include "judges/probes/live/descriptions/prose.h"

#include <vector>

#include "base/io/text_lines.h"
#include "metrics/text/token_list.h"
#include "metrics/text/unicode/white_space.h"

namespace vernier::probes {
namespace {

constexpr std::size_t kNameWords = 3, kPieces = 6;

std::string_view trimmed(std::string_view text) {
  return text::strip_left(text::strip_right(text));
}

std::size_t words_in(std::string_view text) {
  text::TokenList words;
  text::push_words(text, words);
  return words.size();
}

/// Without "- ", "* ", "# ", "1. ", "2) " in front and without emphasis.
std::string item_of(std::string_view line) {
  line = trimmed(line);
  while (!line.empty() && (line.front() == '#' || line.front() == '-' || line.front() == '*' ||
                           line.front() == '>')) {
    line = text::strip_left(line.substr(1));
  }
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits > 0 && digits + 1 < line.size() && (line[digits] == '.' || line[digits] == ')') &&
      line[digits + 1] == ' ') {
    line = text::strip_left(line.substr(digits + 1));
  }
  std::string out;
  for (const char c : line) {
    if (c != '*' && c != '`') out += c;
  }
  return out;
}

/// "square: small, blue" -> "A small, blue square"; as it is where it is no such list.
std::string said_of_name(const std::string& item) {
  const std::size_t colon = item.find(": ");
  if (colon == std::string::npos) return item;
  const std::string name(trimmed(std::string_view(item).substr(0, colon)));
  std::string_view rest = trimmed(std::string_view(item).substr(colon + 1));
  if (rest.ends_with('.')) rest.remove_suffix(1);
  if (words_in(name) == 0 || words_in(name) > kNameWords) return item;
  std::vector<std::string> pieces;
  bool single = true;
  for_each_part(rest, ',', [&](std::string_view piece) {
    pieces.emplace_back(trimmed(piece));
    single = single && words_in(piece) == 1;
  });
  if (!single || pieces.empty() || pieces.size() > kPieces) return item;
  std::string out = "A";
  for (std::size_t i = 0; i < pieces.size(); ++i) out += (i == 0 ? " " : ", ") + pieces[i];
  return out + " " + name;
}

}  // namespace

std::string prose_of(std::string_view text) {
  if (trimmed(text).find('\n') == std::string_view::npos) return std::string(text);
  std::string out;
  for_each_line(text, [&](std::string_view line, std::uint64_t) {
    std::string item = item_of(line);
    if (item.empty() || item.ends_with(':')) return;
    item = said_of_name(item);
    if (!item.ends_with('.') && !item.ends_with('!') && !item.ends_with('?')) item += '.';
    out += (out.empty() ? "" : " ") + item;
  });
  return out;
}

}  // namespace vernier::probes
