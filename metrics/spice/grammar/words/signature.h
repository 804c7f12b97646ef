// What an unknown word looks like.
#pragma once

#include <string>
#include <string_view>

namespace vernier::spice {

/// The class of an unknown word, by its letters: "UNK-LC-DASHe" for `wug-like`. Follows level 2 of
/// the Stanford parser's EnglishUnknownWordModel (CoreNLP 3.6.0). `word` is valid UTF-8, not empty;
/// `first` says that it begins the sentence.
std::string word_signature(std::string_view word, bool first);

/// Whether `first` matters: the word begins with a capital.
bool is_capitalised(std::string_view word);

}  // namespace vernier::spice
