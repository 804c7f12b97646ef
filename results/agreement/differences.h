// Is one metric closer to people than another?
#pragma once

#include <span>
#include <vector>

#include "results/agreement/agreement.h"

namespace vernier {

/// Values of one score: as measured, and by resample.
struct Replicates {
  std::array<double, kStatisticNames.size()> estimate;
  std::array<std::vector<double>, kStatisticNames.size()> resampled;
};

/// Of all pairs of scores. p is twice the smaller share of resamples in which a is not above, or
/// not below, b; p_holm corrects it for the number of pairs, by statistic.
std::vector<AgreementDifference> agreement_differences(std::span<const Replicates> scores,
                                                       double alpha);

}  // namespace vernier
