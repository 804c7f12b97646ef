// What two checkpoints do at each level.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "results/compare/comparison.h"
#include "results/report/printed/printed_part.h"

namespace vernier::report {

/// With its interval of 95 %. NaN: not known.
struct PrecisionNumber {
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();

  PrecisionNumber times(double factor) const {
    return {factor * value, factor * low, factor * high};
  }
};

struct PrecisionLogits {
  std::uint64_t tokens = 0, texts = 0, failed = 0;
  PrecisionNumber kl;  ///< nats
  double median = 0, p90 = 0, p99 = 0, p999 = 0, max = 0;
  PrecisionNumber same_top;                                         ///< share
  PrecisionNumber delta_p, delta_p_rms;                             ///< of the text's token
  std::vector<std::pair<std::string, double>> delta_p_percentiles;  ///< "1", "5", ...
  PrecisionNumber perplexity_a, perplexity_b, log_ratio;
  PrecisionNumber logit_difference;  ///< absolute
  double largest_logit_difference = 0;
};

/// A sample whose score moved.
struct PrecisionMoved {
  std::string id, text;
  double a = 0, b = 0;
};

/// What `vernier compare` says of the level's runs.
struct PrecisionComparison {
  Comparison numbers;
  std::vector<PrecisionMoved> worse, better;

  /// Null where there is no such score.
  const ScoreDifference* score(const std::string& name) const;
};

struct PrecisionCaptions {
  std::uint64_t pictures = 0, equal = 0, failed = 0, near_ties = 0;
  double median_common = 0, median_gap = 0;  ///< of those that differ: tokens; nats
  struct Example {
    std::string image_id, a, b;
    double gap = 0;
  };
  std::vector<Example> examples;
  std::optional<PrecisionComparison> comparison;  ///< none: there are no references
};

struct PrecisionAnswers {
  struct Kind {
    std::string name;
    std::uint64_t questions = 0, right_a = 0, right_b = 0, broken = 0, repaired = 0, changed = 0;
    double p = 1;
  };
  std::vector<Kind> kinds;
  struct Example {
    std::string id, image_id, question, right, a, b;
    bool broken = false;  ///< right -> wrong; else wrong -> right
  };
  std::vector<Example> examples;
  PrecisionComparison comparison;
};

struct PrecisionVerdicts {
  std::uint64_t captions = 0, unparsed_a = 0, unparsed_b = 0;
  double tau = 0, pearson = 0, largest = 0;
  struct People {
    std::uint64_t ratings = 0;
    PrecisionNumber tau_a, tau_b, change;
    double p = 1;
  };
  std::optional<People> people;
  PrecisionComparison comparison;
};

struct PrecisionUnits {
  std::uint64_t texts = 0;
  struct Unit {
    std::string name;
    double kl = 0, same_top = 0;
  };
  std::vector<Unit> changed;  ///< the largest first
  std::vector<std::string> equal;
};

PrecisionLogits read_logits(const PrintedPart& part);
PrecisionCaptions read_caption_level(const PrintedPart& part);
PrecisionAnswers read_answers(const PrintedPart& part);
PrecisionVerdicts read_verdicts(const PrintedPart& part);
PrecisionUnits read_units(const PrintedPart& part);

}  // namespace vernier::report
