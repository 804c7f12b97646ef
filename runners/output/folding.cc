#include "runners/output/folding.h"

#include <algorithm>

#include "metrics/text/unicode/display_width.h"

namespace vernier {

std::string folded(std::string_view title, const std::vector<std::string>& pieces,
                   std::size_t indent, std::size_t width) {
  const std::size_t room = std::max<std::size_t>(width > indent ? width - indent : 0, 8);
  std::string out = text::pad_right(title, indent);
  std::size_t used = 0;
  const auto append = [&](std::string_view part) {
    const std::size_t columns = text::display_width(part);
    if (used > 0 && used + 1 + columns > room) {
      out += "\n" + std::string(indent, ' ');
      used = 0;
    }
    if (used > 0) out += ' ';
    out += part;
    used += columns + (used > 0 ? 1 : 0);
  };
  for (const std::string& piece : pieces) {
    std::string_view rest = piece;
    do {
      const std::size_t length = text::prefix_of_width(rest, room);
      append(rest.substr(0, length));
      rest.remove_prefix(length);
    } while (!rest.empty());
  }
  return out.substr(0, out.find_last_not_of(' ') + 1) + "\n";
}

std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

}  // namespace vernier
