// ROUGE-L as the COCO caption tools compute it (pycocoevalcap 1.2): longest common subsequence,
// beta = 1.2, best precision and best recall taken independently over the references. For the
// rouge_score package's definition see metrics/rouge/.
#pragma once

#include <memory>

#include "metrics/metric.h"

namespace vernier {

/// Row: the sample's score. The corpus value is the mean.
std::unique_ptr<Metric> make_rouge_l(std::shared_ptr<const text::Tokenizer> tokenizer);

}  // namespace vernier
