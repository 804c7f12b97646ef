// Foreign text inside HTML and XML.
#pragma once

#include <string>
#include <string_view>

namespace vernier {

/// The text with & < > " ' as entities: safe between tags and inside quoted attributes. Control
/// bytes stay; printable() shows them.
std::string escape_markup(std::string_view text);

}  // namespace vernier
