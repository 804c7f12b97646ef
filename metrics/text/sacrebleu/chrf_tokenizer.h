// The words of chrF++ (Popovic 2017) as sacreBLEU 2.6 splits them.
#pragma once

#include <memory>

#include "metrics/text/tokenizer.h"

namespace vernier::text {

/// Words between white space, of which one ASCII punctuation mark is split off: the last character,
/// else the first. Joined, the tokens are the text without its white space, over which chrF's
/// character n-grams run. `keep_space`: runs of white space are tokens too, so that the joined
/// tokens are the text itself.
std::unique_ptr<Tokenizer> make_chrf_tokenizer(bool lowercase, bool keep_space);

}  // namespace vernier::text
