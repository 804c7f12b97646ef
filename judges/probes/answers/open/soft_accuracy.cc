#include "judges/probes/answers/open/soft_accuracy.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace vernier::probes {

double soft_accuracy(std::string_view answer, std::span<const std::string> people,
                     AnswerNormaliser normaliser, Normalise when) {
  if (people.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<std::string> others;
  others.reserve(people.size());
  for (const std::string& person : people) others.push_back(blanks_stripped(person));
  std::string own = blanks_stripped(answer);
  const bool unanimous =
      std::ranges::all_of(others, [&](const std::string& other) { return other == others[0]; });
  if (when == Normalise::kAlways || !unanimous) {
    for (std::string& other : others) other = normalised_answer(other, normaliser);
    own = normalised_answer(own, normaliser);
  }
  const auto n = static_cast<double>(others.size());
  const auto equal = static_cast<double>(std::ranges::count(others, own));
  // Of those who said it, one fewer of the others did.
  return (equal * std::min(1.0, (equal - 1) / 3) + (n - equal) * std::min(1.0, equal / 3)) / n;
}

}  // namespace vernier::probes
