// What `vernier probe words` prints.
#pragma once

#include <string>

#include "runners/output/output_format.h"
#include "runners/probe/words/words_study.h"

namespace vernier {

std::string words_text(const WordsStudy& study, OutputFormat format);

/// A text a line: its words with place, support and verdict, and what CHAIR finds.
std::string words_evidence(const WordsStudy& study);

}  // namespace vernier
