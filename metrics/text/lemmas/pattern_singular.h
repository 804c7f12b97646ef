// Singulars as pattern.en's singulariser (De Smedt and Daelemans 2012) makes them: what the first
// CHAIR script reads nouns with, its slips included ("bus" becomes "bu", "slice" "slouse").
#pragma once

#include <string>
#include <string_view>

namespace vernier::text {

/// The singular of a token in lower case; the token itself where no rule fits. Thread safe.
std::string pattern_singular(std::string_view word);

}  // namespace vernier::text
