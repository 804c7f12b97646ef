// British to American spelling, as the Stanford parser's AmericanizeFunction (CoreNLP 3.6.0) has
// it.
#pragma once

#include <string>
#include <string_view>

namespace vernier::spice {

/// The word as the grammar's lexicon may know it: `colour` becomes `color`, `monday` `Monday`.
/// Most words come back as they are: a view of `word` then, else of `buffer`. Case counts. `word`
/// is valid UTF-8.
std::string_view respell(std::string_view word, std::string& buffer);

/// How many words are respelt by name (and not by their ending).
std::size_t respelling_count();

}  // namespace vernier::spice
