#include "results/agreement/agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/parallel.h"
#include "results/agreement/differences.h"
#include "results/agreement/measured_column.h"
#include "results/statistics/rank_correlation.h"
#include "results/statistics/resampling/draw.h"

namespace vernier {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::uint64_t distinct(std::vector<double> values) {
  std::ranges::sort(values);
  return static_cast<std::uint64_t>(std::unique(values.begin(), values.end()) - values.begin());
}

bool constant(std::span<const double> values) {
  return std::ranges::all_of(values, [&](double value) { return value == values[0]; });
}

// Means of the systems' captions.
std::vector<double> system_means(const HumanJudgements& human, std::span<const double> values) {
  std::vector<double> sums(human.system_names.size()), counts(sums.size());
  for (std::size_t c = 0; c < values.size(); ++c) {
    sums[human.systems[c]] += values[c];
    counts[human.systems[c]] += 1;
  }
  for (std::size_t s = 0; s < sums.size(); ++s) sums[s] /= counts[s];
  return sums;
}

class Agreeing {
 public:
  Agreeing(const HumanJudgements& human, const AgreementOptions& options)
      : human_(human), options_(options) {
    for (const auto& ratings : human.ratings) means_.push_back(mean(ratings));
    for (std::uint32_t c = 0; c < human.images.size(); ++c) {
      if (human.images[c] >= captions_.size()) captions_.resize(human.images[c] + std::size_t{1});
      captions_[human.images[c]].push_back(c);
    }
  }

  Agreement measure(const std::vector<ScoreColumn>& scores) {
    Agreement out;
    out.images = captions_.size();
    out.resamples = captions_.size() < 2 ? 0 : options_.resamples;
    out.signature = fmt::format("bootstrap:percentile|resamples:{}|seed:{}|alpha:{}|v:1",
                                out.resamples, options_.seed, options_.alpha);
    describe_ratings(out);
    for (const ScoreColumn& column : scores) {
      std::vector<double>& better = better_.emplace_back(column.values);
      if (column.less_is_better) {
        for (double& value : better) value = -value;
      }
      columns_.emplace_back(human_, better, means_, captions_, options_);
    }
    const std::vector<Replicates> replicates = resample(out.resamples);
    for (std::size_t k = 0; k < scores.size(); ++k) {
      out.scores.push_back(described(scores[k], k, replicates[k], out));
    }
    out.differences = agreement_differences(replicates, options_.alpha);
    if (!means_.empty()) {
      for (AgreementDifference& d : out.differences) {
        d.williams = williams(pearson(better_[d.a], means_), pearson(better_[d.b], means_),
                              pearson(better_[d.a], better_[d.b]), means_.size());
      }
    }
    return out;
  }

 private:
  void describe_ratings(Agreement& out) const {
    if (human_.ratings.empty()) {
      out.n = human_.preferences.size();
    } else {
      std::vector<double> all;
      for (std::size_t c = 0; c < means_.size(); ++c) {
        if (options_.use == RatingUse::kMean) {
          all.push_back(means_[c]);
        } else {
          all.insert(all.end(), human_.ratings[c].begin(), human_.ratings[c].end());
        }
      }
      out.n = all.size();
      out.distinct_ratings = distinct(std::move(all));
    }
    if (human_.systems.empty()) return;
    out.system_captions.assign(human_.system_names.size(), 0);
    for (const std::uint32_t s : human_.systems) ++out.system_captions[s];
    if (!means_.empty()) out.system_ratings = system_means(human_, means_);
  }

  // Every resample's weights are drawn once and serve all scores.
  std::vector<Replicates> resample(std::size_t resamples) const {
    std::vector<Replicates> out(columns_.size());
    for (Replicates& one : out) {
      for (auto& values : one.resampled) values.resize(resamples);
    }
    RankedPairs::Scratch scratch;
    const std::vector<std::uint16_t> once(captions_.size(), 1);
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      out[k].estimate = columns_[k].measure(once, scratch);
    }
    parallel_blocks(options_.threads, resamples, 1, [&] {
      return
          [&, own = RankedPairs::Scratch(), weights = std::vector<std::uint16_t>(captions_.size())](
              std::size_t r, std::size_t) mutable {
            draw_weights(Weighting::kBootstrap, options_.seed, r, weights);
            for (std::size_t k = 0; k < columns_.size(); ++k) {
              const Statistics5 values = columns_[k].measure(weights, own);
              for (std::size_t s = 0; s < values.size(); ++s) out[k].resampled[s][r] = values[s];
            }
          };
    });
    return out;
  }

  std::string_view why_undefined(std::size_t statistic, std::size_t k, const Agreement& out) const {
    if (statistic == kAccuracy) {
      if (columns_[k].preferences().total() == 0) {
        return "no two captions of an image with different ratings";
      }
      return "all scores of pairs are equal, and ties are skipped";
    }
    if (human_.ratings.empty()) return "preferences are no ratings";
    if (out.n < 2) return "fewer than two ratings";
    if (out.distinct_ratings < 2) return "all ratings are equal";
    return "all scores are equal";
  }

  ScoreAgreement described(const ScoreColumn& column, std::size_t k, const Replicates& replicates,
                           const Agreement& out) const {
    ScoreAgreement one;
    one.name = column.name;
    one.less_is_better = column.less_is_better;
    for (std::size_t s = 0; s < one.estimates.size(); ++s) {
      Estimate& e = one.estimates[s];
      e.value = replicates.estimate[s];
      e.interval = bootstrap_interval(replicates.resampled[s], e.value, {}, options_.alpha / 2,
                                      IntervalMethod::kPercentile);
      if (std::isnan(e.value)) {
        e.undefined = why_undefined(s, k, out);
      } else if (std::isnan(e.interval.low)) {
        e.no_interval = options_.resamples == 0 ? "no resamples"
                        : captions_.size() < 2  ? "fewer than two images"
                                                : "undefined in some resamples: too few images";
      }
    }
    one.preferences = columns_[k].preferences();
    one.distinct_scores = distinct(column.values);
    one.tie_rate = tie_rate(k);
    one.systems = systems(column, k, out);
    return one;
  }

  double tie_rate(std::size_t k) const {
    if (human_.ratings.empty()) {
      const PreferenceCounts& counts = columns_[k].preferences();
      return static_cast<double>(counts.tied) / static_cast<double>(counts.total());
    }
    const KendallCounts counts = kendall(better_[k], means_);
    return counts.pairs == 0
               ? kUndefined
               : static_cast<double>(counts.ties_x) / static_cast<double>(counts.pairs);
  }

  SystemAgreement systems(const ScoreColumn& column, std::size_t k, const Agreement& out) const {
    SystemAgreement found{{}, {kUndefined, kUndefined, kUndefined, kUndefined}, {}};
    if (human_.systems.empty()) return found;
    found.scores = system_means(human_, column.values);
    if (out.system_ratings.size() < 3) {
      found.undefined = "fewer than three systems";
      return found;
    }
    const std::vector<double> better = system_means(human_, better_[k]);
    const std::vector<double>& ratings = out.system_ratings;
    if (constant(better) || constant(ratings)) {
      found.undefined = "all means are equal";
      return found;
    }
    const KendallCounts counts = kendall(better, ratings);
    found.correlations = {counts.tau_b(), counts.tau_c(better.size()), spearman(better, ratings),
                          pearson(better, ratings)};
    return found;
  }

  const HumanJudgements& human_;
  const AgreementOptions& options_;
  std::vector<double> means_;                         // of ratings, by caption
  std::vector<std::vector<std::uint32_t>> captions_;  // by image
  std::vector<std::vector<double>> better_;           // scores, larger is better, by column
  std::vector<MeasuredColumn> columns_;
};

}  // namespace

Agreement agreement(const HumanJudgements& human, const std::vector<ScoreColumn>& scores,
                    const AgreementOptions& options) {
  return Agreeing(human, options).measure(scores);
}

}  // namespace vernier
