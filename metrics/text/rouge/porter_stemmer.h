// Porter's stemmer (Porter 1980, "An algorithm for suffix stripping") as NLTK's PorterStemmer runs
// it in its default mode, "NLTK extensions": rouge_score stems with it. It differs from Snowball's
// "porter" in steps 1, 2 and 5 and in a list of irregular words.
#pragma once

#include <cstddef>
#include <span>

namespace vernier::text {

/// Stems a word of a-z and 0-9 in place and returns the length of its stem, which is never longer
/// than the word. Linear time, no allocation.
std::size_t porter_stem(std::span<char> word);

}  // namespace vernier::text
