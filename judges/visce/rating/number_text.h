// The rating in what a model wrote, where its probabilities are not to be had.
#pragma once

#include <optional>
#include <string_view>

#include "judges/visce/rating/number_chances.h"

namespace vernier::visce {

struct NumberTextOptions {
  Scale scale{};
  /// "0.85" means 85 of 100: for prompts that ask for such numbers. Else it is 0.85.
  bool unit_interval = false;
};

/// The number that a text gives as its rating, on the scale (it need not be whole); nothing where
/// there is none, and never a default.
///
/// The number behind "score", "rating" or "rate ... at" is preferred to others, the last of them
/// where there are several; else the last number that can be one: not part of a word, a date, a
/// range or a list's numbering, not a year (1000 to 2999), not outside the scale. "8/10" and "8 out
/// of 10" are 80 of 100, "85%" is 85 of 100, whatever the scale.
std::optional<double> read_number(std::string_view text, const NumberTextOptions& options);

}  // namespace vernier::visce
