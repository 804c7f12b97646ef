// Summary-level ROUGE-L as rouge_score 0.1.2 computes it (its "rougeLsum"): texts are sentences
// separated by line feeds, and the union LCS of every reference sentence with all candidate
// sentences counts, each word at most as often as in the candidate.
#pragma once

#include "metrics/rouge/rouge_score.h"

namespace vernier {

/// "rouge-lsum". Splits at line feeds only (rouge_score's split_summaries=False).
std::unique_ptr<Metric> make_rouge_lsum(RougeOptions options);

}  // namespace vernier
