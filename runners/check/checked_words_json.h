// Checked words as JSON.
#pragma once

#include <span>
#include <string>

#include "judges/probes/words/word_check.h"

namespace vernier {

/// Appends "mentions":[{"start","end","word","kind","verdict","support","basis","because",
/// "sentence"}, ...]; places are code points.
void append_checked_words(std::string& out, std::span<const probes::CheckedWord> words);

}  // namespace vernier
