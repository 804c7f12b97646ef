// Signs that texts are not worth measuring: a model that repeats itself names few objects, and so
// few wrong ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::probes {

struct Degeneracy {
  double mean_words = 0;
  double empty_share = 0;          ///< of the texts
  double most_frequent_share = 0;  ///< of the texts: those equal to the most frequent one
  double distinct_bigrams = 0;     ///< different pairs of words, of all pairs
  double repeated_fourgrams = 0;   ///< mean over texts: four words that occurred before in it
  bool suspicious = false;
  std::string reason;  ///< why, for messages
};

/// Of texts split at white space.
Degeneracy degeneracy_of(const std::vector<std::string_view>& texts);

}  // namespace vernier::probes
