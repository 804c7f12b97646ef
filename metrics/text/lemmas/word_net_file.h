// The lines of WordNet's files.
#pragma once

#include <string>
#include <string_view>

#include "base/io/text_lines.h"

namespace vernier::text {

/// The bytes of a file of WordNet 3.0. Throws Error(kResource), saying where to get it, where there
/// is none.
std::string read_word_net_file(const std::string& path);

/// Calls visit(line) for each line that is not of the licence.
template <class Visit>
void for_each_word_net_line(const std::string& path, Visit visit) {
  const std::string text = read_word_net_file(path);
  for_each_line(text, [&](std::string_view line, std::uint64_t) {
    if (!line.empty() && line[0] != ' ') visit(line);  // a blank begins the licence
  });
}

}  // namespace vernier::text
