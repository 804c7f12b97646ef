// Which attributes exclude one another.
#pragma once

#include <string_view>

namespace vernier::probes {

/// Two names of one colour: "grey" and "gray".
bool same_colour(std::string_view a, std::string_view b);

/// Whether a thing that is `known` cannot be `claim` as well: two basic colours, or two opposites
/// ("small" and "big"). A thing may be of several colours; who asks has all of them.
bool exclude(std::string_view known, std::string_view claim);

}  // namespace vernier::probes
