// METEOR 1.5's list of English function words.
#pragma once

#include <string_view>

namespace vernier::meteor {

/// True for the 93 words (most frequent ones of a corpus, punctuation among them) that weigh less.
bool is_function_word(std::string_view word);

}  // namespace vernier::meteor
