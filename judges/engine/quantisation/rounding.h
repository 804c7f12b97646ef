// Weights to codes of few bits, group by group: to the nearest (the baseline of every method, and
// the last step of AWQ).
//
// Asymmetric: of a group's smallest and largest weight (zero counts as one of them) scale =
// (largest - smallest) / (levels - 1), as a half, at least 1e-5 / (levels - 1); zero point =
// round(-smallest / scale); code = round(weight / scale) + zero point, ties to even. As AutoAWQ
// does it (Lin et al. 2023, arXiv 2306.00978), but for groups of one sign, of which its codes lose
// all: there zero is not among the weights.
#pragma once

#include <cstddef>
#include <span>

#include "judges/engine/quantisation/quantised_matrix.h"

namespace vernier::engine {

struct Rounding {
  unsigned bits = 4;        ///< 4 or 8
  std::size_t group = 128;  ///< divides the columns
  unsigned levels = 0;      ///< codes that are used, 0: all 2^bits; fewer make a bad checkpoint
  unsigned least_zero = 0;  ///< 1 for files that store the zero point less one

  unsigned top() const { return (levels == 0 ? 1U << bits : levels) - 1; }
};

/// weights [rows, columns]. The same for any number of threads.
QuantisedMatrix round_to_nearest(std::span<const float> weights, std::size_t rows,
                                 std::size_t columns, const Rounding& rounding, unsigned threads);

/// What the codes stand for: out [rows, columns] may be `weights`.
void round_weights(std::span<const float> weights, std::size_t rows, std::size_t columns,
                   const Rounding& rounding, unsigned threads, std::span<float> out);

}  // namespace vernier::engine
