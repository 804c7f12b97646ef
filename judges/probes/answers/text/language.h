// Answers in other languages than English.
#pragma once

#include <string_view>

namespace vernier::probes {

/// Whether a word (lower case) says yes or no in another widespread language. "no" is left out: it
/// is English as well.
bool is_foreign_yes_or_no(std::string_view word);

}  // namespace vernier::probes
