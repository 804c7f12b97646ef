// What the numbers say, in plain words.
#pragma once

#include <string>
#include <string_view>

#include "results/report/findings.h"

namespace vernier::report {

/// How papers write a score's name: "cider" -> "CIDEr". Others stay as they are.
std::string score_title(std::string_view name);

/// "A", "B", ... for the first runs, then "R27", ...
std::string run_letter(std::size_t run);

/// What the page is about: the name of the run, or "new.jsonl against old.jsonl".
std::string subject(const Findings& findings);

/// One sentence or two about the main score: "CIDEr fell by 0.031 [...]; ...".
std::string headline(const Pair& pair);
std::string headline(const Findings& findings);  // of one run

/// The other scores in one sentence: "Worse: BLEU-4. No difference shown: METEOR."
std::string other_scores(const Pair& pair);

/// "500 samples, 400 images, 3 empty candidate".
std::string sizes(const Findings& findings, std::size_t run);

}  // namespace vernier::report
