// ROUGE-L as rouge_score 0.1.2 computes it (its "rougeL"): the longest common subsequence of all
// words, line breaks ignored.
#pragma once

#include "metrics/rouge/rouge_score.h"

namespace vernier {

/// "rouge-score-l".
std::unique_ptr<Metric> make_rouge_score_l(RougeOptions options);

}  // namespace vernier
