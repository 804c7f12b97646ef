// Lemmas as CoreNLP 3.6.0 makes them ("Morphology", an analyser derived from Sussex morpha), which
// SPICE takes the words of its tuples from.
#pragma once

#include <string>
#include <string_view>

#include "metrics/spice/syntax/label.h"

namespace vernier::spice {

/// Appends the lemma of a word with that tag (a tag, not a phrase). Any bytes will do for a word;
/// what is not UTF-8 is put in lower case only where it is ASCII. Thread safe.
void append_lemma(std::string_view word, Label tag, std::string& out);

/// Appends the word in lower case, as Java does it.
void append_lower(std::string_view word, std::string& out);

/// True only where lower case would change nothing; false for all words beyond ASCII.
bool is_lower_ascii(std::string_view word);

}  // namespace vernier::spice
