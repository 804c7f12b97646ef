// Lists as sentences, for parsers that know sentences only.
#pragma once

#include <string>
#include <string_view>

namespace vernier::probes {

/// Models describe in lists: "- square: small, solid, blue". Each line becomes a sentence; signs of
/// lists and of Markdown go, and so do headings (a line that ends in a colon). What stands behind a
/// name of up to three words and a colon is said of it: "A small, solid, blue square." where it is
/// up to six pieces of one word each, else it stays as it is. Text without line
/// breaks is left alone. Valid UTF-8.
std::string prose_of(std::string_view text);

}  // namespace vernier::probes
