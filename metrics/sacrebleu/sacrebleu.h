// BLEU as sacreBLEU 2.6 computes it (Post 2018, "A call for clarity in reporting BLEU scores").
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "metrics/metric.h"

namespace vernier {

struct SacrebleuOptions {
  std::string tokenizer = "13a";       ///< 13a, intl, char, zh or none
  std::string smoothing = "exp";       ///< exp, floor, add-k or none
  std::optional<double> smooth_value;  ///< of floor (0.1 when absent) and add-k (1)
  bool lowercase = false;
  bool effective_order = false;          ///< for the corpus score: leave out orders without n-grams
  bool sentence_effective_order = true;  ///< for sentence scores, as sacreBLEU's sentence_bleu()
  int max_order = 4;
};

/// Score "sacrebleu", 0 to 100. Row: candidate length, closest reference length (ties: the
/// shorter), clipped matches and candidate n-grams for n = 1..max_order. Throws Error(kUsage) for
/// unknown option values.
std::unique_ptr<Metric> make_sacrebleu(SacrebleuOptions options);

}  // namespace vernier
