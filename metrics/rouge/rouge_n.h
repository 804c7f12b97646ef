// ROUGE-N as rouge_score 0.1.2 computes it: n-grams in common, each counted as often as in the text
// that has fewer of it (Lin 2004, section 2).
#pragma once

#include "metrics/rouge/rouge_score.h"

namespace vernier {

/// "rouge-1" ... "rouge-4". Throws Error(kUsage) for other n.
std::unique_ptr<Metric> make_rouge_n(int n, RougeOptions options);

}  // namespace vernier
