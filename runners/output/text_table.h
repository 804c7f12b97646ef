// Tables of texts in columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vernier {

/// The first row holds the titles; every row has as many cells.
using TextRows = std::vector<std::vector<std::string>>;

/// Two blanks between columns, none at the ends of lines. `sides` has a letter a column: l or r.
std::string text_table(const TextRows& rows, std::string_view sides);

/// With what Markdown and HTML take for markup escaped.
std::string markdown_text(std::string text);
/// The same table as Markdown, its cells escaped.
std::string markdown_table(const TextRows& rows, std::string_view sides);

}  // namespace vernier
