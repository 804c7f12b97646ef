// Average normalised Levenshtein similarity.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace vernier::probes {

constexpr double kAnlsThreshold = 0.5;

/// 1 - distance / length of the longer one, in code points, of the answer and the reference most
/// like it; 0 where that is below the threshold (Biten et al. 2019). Lower case, white space as
/// single blanks. Exactly 0.5 counts, as in the evaluation scripts of ICDAR's challenges; two empty
/// texts are alike. NaN without references. Valid UTF-8.
double anls(std::string_view answer, std::span<const std::string> references);

}  // namespace vernier::probes
