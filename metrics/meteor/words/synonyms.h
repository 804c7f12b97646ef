// The synsets of a word as METEOR 1.5's synonym dictionary finds them; SPICE 1.0 asks the same
// dictionary.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "metrics/meteor/data/meteor_data.h"

namespace vernier::meteor {

/// Fills `out` with the word's own synsets and those of its base forms: ascending, each once.
/// `entry` is data.find_word(word). Words of several parts are joined by '_' ("pick_up").
void find_synsets(const MeteorData& data, std::string_view word, std::uint32_t entry,
                  std::vector<std::uint32_t>& out);

}  // namespace vernier::meteor
