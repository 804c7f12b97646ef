// chrF and chrF++ as sacreBLEU 2.6 computes them (Popovic 2015 and 2017).
#pragma once

#include <memory>

#include "metrics/metric.h"

namespace vernier {

struct ChrfOptions {
  int char_order = 6;
  int word_order = 0;  ///< 0: chrF, 1: chrF+, 2: chrF++
  int beta = 2;        ///< weight of recall against precision
  bool lowercase = false;
  bool whitespace = false;  ///< character n-grams run over white space too
  bool eps_smoothing =
      false;  ///< mean of the orders' F, as in chrF++.py, instead of F of the means
};

/// Score "chrf", "chrf+" or "chrf++" (by word_order), 0 to 100. Row: for each character order, then
/// each word order, the n-grams of the candidate (0 where the reference has none), of the
/// reference, and the clipped matches, for the reference with the best F (ties: the first). Throws
/// Error(kUsage) for orders or beta out of range.
std::unique_ptr<Metric> make_chrf(ChrfOptions options);

}  // namespace vernier
