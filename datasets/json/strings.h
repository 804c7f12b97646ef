// What JSON strings stand for, and JSON text taken over as it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "datasets/json/cursor.h"

namespace vernier::json {

/// What was met while text was taken over.
struct DecodeCounts {
  std::uint64_t replaced = 0;    ///< invalid UTF-8 sequences and lone surrogates made U+FFFD
  std::uint64_t nul = 0;         ///< NUL characters kept
  std::uint64_t not_finite = 0;  ///< NaN, Infinity and 1e400 made null
};

struct TextRules {
  bool replace = false;  ///< bad UTF-8 and lone surrogates become U+FFFD, else they throw Fault
  bool recode = false;   ///< strings may hold such (Cursor::needs_recoding)
};

/// Appends what the string stands for. A Fault's offset is relative to raw.bytes().
void decode(const RawString& raw, bool replace, std::string& out, DecodeCounts& counts);

/// Appends a valid JSON value without white space between its tokens. NaN, infinities and
/// numbers beyond a double become null.
void append_compact(std::string& out, std::string_view value, const TextRules& rules,
                    DecodeCounts& counts);

}  // namespace vernier::json
