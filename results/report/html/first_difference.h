// Where two texts part.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace vernier::report {

/// Both texts as HTML, cut as excerpts are, with the first word that differs marked. Where a text
/// is the other's beginning, its end is marked. Equal texts have no mark.
std::pair<std::string, std::string> marked_difference(std::string_view a, std::string_view b);

}  // namespace vernier::report
