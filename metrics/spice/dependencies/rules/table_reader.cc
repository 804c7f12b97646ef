#include "metrics/spice/dependencies/rules/table_reader.h"

#include <algorithm>

namespace vernier::spice {

std::vector<TableEntry> read_table(std::string_view text) {
  std::vector<TableEntry> entries;
  std::string* open = nullptr;  // what a continuation belongs to
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string_view::npos) continue;
    if (indent == 0) {
      open = &entries.emplace_back(TableEntry{std::string(line), {}}).head;
    } else if (indent == 2) {
      open = &entries.back().lines.emplace_back(line.substr(indent));
    } else {
      *open += ' ';
      *open += line.substr(indent);
    }
  }
  return entries;
}

std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return word;
}

std::vector<std::string_view> split_at_blanks(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::string_view word = take_word(text);
    if (word.empty()) return words;
    words.push_back(word);
  }
}

}  // namespace vernier::spice
