// Lines of texts folded to a width.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vernier {

/// `title` and, from column `indent` on, `pieces` with single blanks between, in lines of at most
/// `width` columns. A piece longer than a line is cut into several. Texts must be printable.
std::string folded(std::string_view title, const std::vector<std::string>& pieces,
                   std::size_t indent, std::size_t width);

/// The pieces of a text between blanks.
std::vector<std::string> pieces_of(std::string_view text);

}  // namespace vernier
