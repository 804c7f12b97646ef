// Pairs of words that CHAIR reads as one.
#pragma once

#include <string_view>

namespace vernier::probes {

/// What two neighbouring words become; empty where they stay two.
std::string_view joined_words(std::string_view first, std::string_view second);

}  // namespace vernier::probes
