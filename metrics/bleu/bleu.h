// BLEU-1 to BLEU-4 as the COCO caption tools compute it (pycocoevalcap 1.2, Bleu(4), option
// "closest"). For sacreBLEU's definition see metrics/sacrebleu/bleu.h.
#pragma once

#include <memory>

#include "metrics/metric.h"

namespace vernier {

/// Row: candidate length, closest reference length (ties: the shorter), clipped matches and
/// candidate n-grams for n = 1..4.
std::unique_ptr<Metric> make_bleu(std::shared_ptr<const text::Tokenizer> tokenizer);

}  // namespace vernier
