// One column of scores beside what people said, prepared for many resamples.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "results/agreement/agreement.h"
#include "results/statistics/agreement/ranked_pairs.h"

namespace vernier {

using Statistics5 = std::array<double, kStatisticNames.size()>;

class MeasuredColumn {
 public:
  /// `better`: the scores, larger ones meant to be better. `means`: the mean rating of each
  /// caption. `captions`: by image.
  MeasuredColumn(const HumanJudgements& human, std::span<const double> better,
                 std::span<const double> means,
                 std::span<const std::vector<std::uint32_t>> captions,
                 const AgreementOptions& options);

  /// All statistics with these weights of images.
  Statistics5 measure(std::span<const std::uint16_t> weights, RankedPairs::Scratch& scratch) const;

  const PreferenceCounts& preferences() const { return all_; }
  std::size_t distinct_y() const { return pairs_ ? pairs_->distinct_y() : 0; }

 private:
  std::optional<RankedPairs> pairs_;         // none where there are preferences
  std::vector<PreferenceCounts> of_images_;  // by image
  PreferenceCounts all_;
  TieRule ties_;
};

}  // namespace vernier
