// Rules that published numbers were made with, defects included (docs/probes.md).
#pragma once

#include <string_view>

#include "judges/probes/answers/yes_no/parsers.h"

namespace vernier::probes {

/// RUCAIBox/POPE evaluate.py: the text before the first full stop, without commas, split at single
/// blanks; any word equal to "No", "not" or "no" is no, all else yes: "NO", "isn't" and "" as well.
Verdict read_pope_official(std::string_view answer);
/// Several forks of it, R-Bench's box script: "no" anywhere in the lower-cased text is no, also
/// inside "know" or "another"; else yes.
Verdict read_contains(std::string_view answer);
/// Forks that look for "yes" first, then for "no"; neither is unclear.
Verdict read_contains_yes_first(std::string_view answer);
/// MME calculation.py: equal to yes or no, else "yes" within the first four characters, else "no".
Verdict read_first4(std::string_view answer);
/// lmms-eval: the stripped, lower-cased text is yes or no.
Verdict read_exact(std::string_view answer);
/// VLMEvalKit YOrN: punctuation removed as for VQA, then one of the words yes and no but not both.
Verdict read_vlmevalkit(std::string_view answer);

}  // namespace vernier::probes
