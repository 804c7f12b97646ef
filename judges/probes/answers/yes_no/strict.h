// The rule that we would have liked everybody to use.
#pragma once

#include <string_view>

#include "judges/probes/answers/yes_no/parsers.h"

namespace vernier::probes {

struct StrictReading {
  Verdict verdict = Verdict::kUnclear;
  bool other_language = false;  ///< unclear, because it is in another language or script
};

/// Of the answer's words (plain_words.h):
/// 1. What only repeats the choice ("yes or no", "yes/no") is left out.
/// 2. An answer that begins with yes or no, behind words like "Answer:", "The answer is", "Well",
///    means that, unless it takes it back: the other word follows at once or behind and/but, or
///    begins a later sentence, or follows "wait", "actually", "sorry" or "answer is".
/// 3. Else all words yes and no count, unless the answer says that it does not know ("not sure",
///    "cannot tell", "no idea"): only yes, only no, or both, which is unclear but for a single
///    "answer is ..." or "answer: ...". "not yes" is unclear.
/// 4. Else a negation in the first sentence is no: not, isn't, cannot see, none, nothing, never;
/// but
///    not with "maybe" or "sorry".
/// Everything else is unclear: "", "maybe", "yesterday", "There is a dog.", other languages.
StrictReading read_strict(std::string_view answer);

}  // namespace vernier::probes
