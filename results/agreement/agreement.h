// Does a metric agree with people? Correlation with ratings and accuracy on preferences, with
// intervals over images (docs/meta.md has the formulas).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/statistics/agreement/preferences.h"
#include "results/statistics/agreement/williams.h"
#include "results/statistics/intervals/interval.h"

namespace vernier {

/// What people said of captions. Either all captions have ratings or there are preferences.
struct HumanJudgements {
  struct Preference {
    std::uint32_t better, worse;  ///< captions, of one image
  };
  std::vector<std::uint32_t> images;         ///< of each caption: 0, 1, ...; what is resampled
  std::vector<std::vector<double>> ratings;  ///< of each caption, no NaN; empty: preferences
  std::vector<Preference> preferences;
  std::vector<std::uint32_t> systems;     ///< that wrote each caption; may be empty
  std::vector<std::string> system_names;  ///< of system 0, 1, ...
};

/// One score a caption, no NaN.
struct ScoreColumn {
  std::string name;
  std::vector<double> values;
  bool less_is_better = false;  ///< its negative is what should agree
};

enum class RatingUse {
  kEach,  ///< the score stands once beside each rating of its caption
  kMean   ///< beside their mean
};

struct AgreementOptions {
  RatingUse use = RatingUse::kEach;
  TieRule ties = TieRule::kWrong;
  std::size_t resamples = 2000;  ///< 0: no intervals
  std::uint64_t seed = 1;
  double alpha = 0.05;  ///< an interval leaves out half of it on each side
  unsigned threads = 1;
};

enum Statistic : std::size_t { kTauB, kTauC, kSpearman, kPearson, kAccuracy };
inline constexpr std::array<std::string_view, 5> kStatisticNames = {"tau_b", "tau_c", "spearman",
                                                                    "pearson", "accuracy"};

struct Estimate {
  double value;                  ///< NaN where undefined
  Interval interval;             ///< percentile bootstrap over images; NaN where there is none
  std::string_view undefined;    ///< why there is no value; else empty
  std::string_view no_interval;  ///< why there is no interval; else empty
};

/// Means over the captions of each system, and how well they agree.
struct SystemAgreement {
  std::vector<double> scores;                  ///< by system
  std::array<double, kAccuracy> correlations;  ///< tau_b ... pearson; NaN where undefined
  std::string_view undefined;
};

struct ScoreAgreement {
  std::string name;
  bool less_is_better = false;
  std::array<Estimate, kStatisticNames.size()> estimates;
  PreferenceCounts preferences;
  std::uint64_t distinct_scores = 0;
  /// Of pairs of captions, or of preferences: the share with equal scores. NaN of one caption.
  double tie_rate = 0;
  SystemAgreement systems;
};

/// Of score a less that of score b, on the same resamples.
struct AgreementDifference {
  std::size_t a, b;
  struct Of {
    double difference, p, p_holm;  ///< p: two-sided, from the resamples; NaN where undefined
    Interval interval;
  };
  std::array<Of, kStatisticNames.size()> of;
  WilliamsTest williams;  ///< of Pearson's r with the mean ratings of captions
};

struct Agreement {
  std::uint64_t n = 0;  ///< ratings beside scores; of preferences: pairs
  std::uint64_t images = 0, distinct_ratings = 0;
  std::size_t resamples = 0;
  std::vector<double> system_ratings;  ///< mean of the captions' mean ratings, by system
  std::vector<std::uint64_t> system_captions;
  std::vector<ScoreAgreement> scores;            ///< in the order given
  std::vector<AgreementDifference> differences;  ///< of all pairs of scores, a before b
  /// How the intervals were made, e.g. "bootstrap:percentile|resamples:2000|seed:1|alpha:0.05".
  std::string signature;
};

/// The same bits for any number of threads.
Agreement agreement(const HumanJudgements& human, const std::vector<ScoreColumn>& scores,
                    const AgreementOptions& options);

}  // namespace vernier
