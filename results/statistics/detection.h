// How well a number tells bad cases from good ones.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vernier {

struct Detection {
  /// The mean precision at the thresholds where recall rises, weighted by how far it does
  /// (scikit-learn's average_precision_score); cases of equal score are found together.
  double average_precision = 0;
  /// The share of pairs of a bad and a good case in which the bad one has the greater score; ties
  /// are half (area under the receiver operating characteristic).
  double area = 0;
};

/// Sorted once, measured for many weightings of clusters, as the bootstrap needs it.
class RankedCases {
 public:
  /// A score, whether the case is bad, and its cluster (0, 1, ...), for each case. No NaN.
  RankedCases(std::span<const double> scores, const std::vector<bool>& bad,
              std::span<const std::uint32_t> clusters);

  /// NaN without a bad case, and the area without a good one. `weights`: one a cluster; none:
  /// all 1.
  Detection measure(std::span<const std::uint16_t> weights = {}) const;

 private:
  struct Case {
    std::uint32_t cluster;
    bool bad;
    bool last;  ///< of those with this score
  };
  std::vector<Case> cases_;  // the greatest score first
};

}  // namespace vernier
