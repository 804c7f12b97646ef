// The common form of the rule tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vernier::spice {

/// A line that is not indented opens an entry, lines indented by two blanks are the lines of the
/// entry, deeper ones continue the line before them.
struct TableEntry {
  std::string head;
  std::vector<std::string> lines;
};
std::vector<TableEntry> read_table(std::string_view text);

/// The parts of a text between blanks.
std::vector<std::string_view> split_at_blanks(std::string_view text);
/// Takes the first word off a text and the blanks around it.
std::string_view take_word(std::string_view& text);

}  // namespace vernier::spice
