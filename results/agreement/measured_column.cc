#include "results/agreement/measured_column.h"

#include <limits>

namespace vernier {

MeasuredColumn::MeasuredColumn(const HumanJudgements& human, std::span<const double> better,
                               std::span<const double> means,
                               std::span<const std::vector<std::uint32_t>> captions,
                               const AgreementOptions& options)
    : of_images_(captions.size()), ties_(options.ties) {
  if (human.ratings.empty()) {
    for (const auto& [preferred, other] : human.preferences) {
      of_images_[human.images[preferred]].add(better[preferred], better[other]);
    }
  } else {
    std::vector<double> x, y;
    std::vector<std::uint32_t> images;
    for (std::size_t c = 0; c < better.size(); ++c) {
      const auto pair = [&](double rating) {
        x.push_back(better[c]);
        y.push_back(rating);
        images.push_back(human.images[c]);
      };
      if (options.use == RatingUse::kMean) {
        pair(means[c]);
      } else {
        for (const double rating : human.ratings[c]) pair(rating);
      }
    }
    pairs_.emplace(x, y, images);
    for (std::size_t i = 0; i < captions.size(); ++i) {
      x.clear();
      y.clear();
      for (const std::uint32_t c : captions[i]) {
        x.push_back(better[c]);
        y.push_back(means[c]);
      }
      of_images_[i] = rated_preferences(x, y);
    }
  }
  for (const PreferenceCounts& counts : of_images_) all_ += counts;
}

Statistics5 MeasuredColumn::measure(std::span<const std::uint16_t> weights,
                                    RankedPairs::Scratch& scratch) const {
  constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
  Correlations found{kUndefined, kUndefined, kUndefined, kUndefined};
  if (pairs_) found = pairs_->measure(weights, scratch);
  PreferenceCounts counts;
  for (std::size_t i = 0; i < of_images_.size(); ++i) counts += of_images_[i] * weights[i];
  return {found.tau_b, found.tau_c, found.spearman, found.pearson, counts.accuracy(ties_)};
}

}  // namespace vernier
