// Translation edit rate (Snover et al. 2006) as sacreBLEU 2.6 computes it after the tool tercom.
#pragma once

#include <memory>

#include "metrics/metric.h"
#include "metrics/text/sacrebleu/tercom_tokenizer.h"

namespace vernier {

/// Score "ter", 0 and up, less is better. Row: the fewest edits over the references (ties change
/// nothing) and the mean length of all references in words. The corpus score is
/// 100 * edits / reference words.
std::unique_ptr<Metric> make_ter(text::TercomOptions options);

}  // namespace vernier
