// Changes for the worse and for the better on both sides of a line.
#pragma once

#include <cstdint>
#include <string>

namespace vernier::report {

/// Two bars from the middle with their counts, of which `most` is as long as there is room.
std::string diverging_svg(std::uint64_t worse, std::uint64_t better, std::uint64_t most);

}  // namespace vernier::report
