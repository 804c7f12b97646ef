// Turns what a rule matched into a token.
#pragma once

#include <string>
#include <string_view>

#include "metrics/text/ptb/rules.h"

namespace vernier::text::ptb {

/// Appends the UTF-8 form of the token that `action` makes of `units` (the Penn Treebank's
/// escapes); appends nothing for Action::kSkip. Halves of surrogate pairs are dropped.
void emit(Action action, std::u16string_view units, std::string& out);

}  // namespace vernier::text::ptb
