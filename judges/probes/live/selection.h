// Which of many questions are asked.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "judges/probes/live/question.h"

namespace vernier::probes {

/// At most `most` of the numbers 0 to all - 1, evenly spaced, ascending; the seed says where they
/// begin.
std::vector<std::size_t> choose_evenly(std::size_t all, std::size_t most, std::uint64_t seed);

/// At most `most` questions of one kind, evenly spaced over the file and in its order. Groups of
/// pictures are taken whole, one at least, as positions are compared within them.
std::vector<LiveQuestion> choose_questions(std::span<const LiveQuestion> questions,
                                           const std::string& kind, std::size_t most,
                                           std::uint64_t seed);

}  // namespace vernier::probes
