// The last step of every metric: from rows to scores. It needs neither text nor data files, so that
// the rows in a run file are enough to score any part of it, or a resample, again.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vernier {

/// Thread safe.
class Aggregator {
 public:
  virtual ~Aggregator() = default;

  /// The metric's name, e.g. "bleu".
  virtual std::string_view name() const = 0;
  /// Names of a row's values.
  virtual std::span<const std::string_view> columns() const = 0;
  /// Names of the scores, e.g. bleu-1 ... bleu-4.
  virtual std::span<const std::string_view> score_names() const = 0;
  /// Whether a smaller score is the better one.
  virtual bool less_is_better() const { return false; }

  /// Scores of a set of samples from the (weighted) column sums of their rows and the (weighted)
  /// number of samples. A score that is undefined is NaN.
  virtual void aggregate(std::span<const double> sums, double samples,
                         std::span<double> scores) const = 0;
  /// How many of the summed samples have no score, as something in them is beyond what the metric
  /// can read; aggregate() is of the others.
  virtual double unscored(std::span<const double> /*sums*/, double /*samples*/) const { return 0; }
  /// What that is, to follow a number of samples: "hold …".
  virtual std::string_view unscored_reason() const { return {}; }
  /// Scores of one sample. Differs from aggregate(row, 1) only where the reference tool's sentence
  /// score does (sacreBLEU's effective order).
  virtual void sentence_scores(std::span<const double> row, std::span<double> scores) const {
    aggregate(row, 1.0, scores);
  }
};

/// Aggregates where score i is the mean of column i.
inline void mean_of_columns(std::span<const double> sums, double samples,
                            std::span<double> scores) {
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = sums[i] / samples;
}

/// A metric as the header of a run describes it.
struct MetricDescription {
  std::string name, signature;
  std::vector<std::string> columns, scores;
  /// How scores come from column sums. "mean": score i is the mean of column i. "own": as the
  /// metric of that name and signature does it.
  std::string aggregate = "own";
  bool less_is_better = false;
};

/// The aggregator of a described metric; null where this version knows none of that name, or not
/// with these columns and scores.
std::unique_ptr<Aggregator> open_aggregator(const MetricDescription& description);

}  // namespace vernier
