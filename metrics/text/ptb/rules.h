// The rules of the Penn Treebank lexer in order of precedence.
#pragma once

#include <cstddef>
#include <cstdint>

#include "metrics/text/ptb/scanner/scanner.h"

namespace vernier::text::ptb {

/// What becomes of the matched units.
enum class Action : std::uint8_t {
  kKeep,
  kDropSoftHyphens,  ///< "-" when nothing else is left
  kSpacesToNbsp,     ///< U+0020 becomes U+00A0
  kDash,             ///< "--"
  kAmpersand,        ///< "&"
  kCloseQuotes,      ///< quotes as at the end of a quotation
  kOpenQuotes,       ///< quotes as at its beginning
  kVulgarFraction,   ///< "1/2" and the like
  kAmpEntity,        ///< "&amp;" inside becomes "&"
  kCurrency,         ///< cents, # or $
  kWithoutStop,      ///< the last unit is neither emitted nor consumed
  kWithStop,         ///< the last unit is emitted and yet not consumed
  kPhone,            ///< U+0020 becomes U+00A0, parentheses become -LRB- and -RRB-
  kParentheses,      ///< parentheses become -LRB- and -RRB-
  kLess,             ///< "<"
  kGreater,          ///< ">"
  kBracket,          ///< -LCB- and so on
  kHyphens,          ///< three or four become "--"
  kEllipsis,         ///< "..."
  kSkip              ///< nothing
};

struct Match {
  std::size_t total = 0;  ///< with trailing context
  std::size_t token = 0;  ///< units to emit and to consume
  Action action = Action::kSkip;
};

/// The rule that wins at position p < scanner.size(): the longest match counting trailing context,
/// the first of equals.
Match longest_match(Scanner& scanner, std::size_t p);

}  // namespace vernier::text::ptb
