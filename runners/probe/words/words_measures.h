// How well checks of words find what people marked.
#pragma once

#include <vector>

#include "runners/probe/words/words_study.h"

namespace vernier {

/// All texts, then, where the file has several groups, each by name. Resampling takes images as
/// clusters.
std::vector<WordsPart> measure_words(const WordsOptions& options, const WordsStudy& study);

}  // namespace vernier
