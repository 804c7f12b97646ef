#include "results/run/run_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "base/error.h"
#include "metrics/aggregate/column_sums.h"

namespace vernier {

std::vector<std::size_t> all_samples(const Run& run) {
  std::vector<std::size_t> all(run.samples().size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

std::vector<std::size_t> cluster_numbers(const Run& run, std::string_view separator) {
  std::unordered_map<std::string_view, std::size_t> numbers;
  std::vector<std::size_t> cluster_of;
  cluster_of.reserve(run.samples().size());
  for (const Run::Sample& sample : run.samples()) {
    std::string_view key = sample.image_id;
    if (!separator.empty()) key = key.substr(0, key.find(separator));
    cluster_of.push_back(numbers.emplace(key, numbers.size()).first->second);
  }
  return cluster_of;
}

RunAggregator::RunAggregator(const RunHeader& header) : header_(header) {
  for (const MetricDescription& metric : header.metrics) {
    aggregators_.push_back(open_aggregator(metric));
  }
}

void RunAggregator::aggregate(std::span<const double> sums, double samples,
                              std::span<double> scores) const {
  MetricPlace place;
  for (std::size_t m = 0; m < aggregators_.size(); ++m) {
    const MetricDescription& metric = header_.metrics[m];
    const std::span<double> own = scores.subspan(place.score, metric.scores.size());
    if (aggregators_[m]) {
      aggregators_[m]->aggregate(sums.subspan(place.column, metric.columns.size()), samples, own);
    } else {
      std::ranges::fill(own, std::numeric_limits<double>::quiet_NaN());
    }
    place.column += metric.columns.size();
    place.score += metric.scores.size();
  }
}

std::vector<Unscored> RunAggregator::unscored(std::span<const double> sums, double samples) const {
  std::vector<Unscored> found;
  std::size_t column = 0;
  for (std::size_t m = 0; m < aggregators_.size(); ++m) {
    const MetricDescription& metric = header_.metrics[m];
    if (const Aggregator* const own = aggregators_[m].get(); own != nullptr) {
      const double count = own->unscored(sums.subspan(column, metric.columns.size()), samples);
      if (count > 0) {
        found.push_back(
            {metric.name, static_cast<std::uint64_t>(count), std::string(own->unscored_reason())});
      }
    }
    column += metric.columns.size();
  }
  return found;
}

FoundMetric find_metric(const RunHeader& header, std::string_view name) {
  MetricPlace place;
  for (const MetricDescription& metric : header.metrics) {
    if (metric.name == name) return {&metric, place};
    place.column += metric.columns.size();
    place.score += metric.scores.size();
  }
  return {nullptr, {}};
}

void check_stated_scores(const Run& run, const Aggregator& aggregator, MetricPlace place) {
  ColumnSums sums(aggregator.columns().size());
  for (std::size_t n = 0; n < run.samples().size(); ++n) {
    sums.add(run.row(n).subspan(place.column, aggregator.columns().size()));
  }
  const std::span<const std::string_view> names = aggregator.score_names();
  std::vector<double> scores(names.size());
  aggregator.aggregate(sums.total(), static_cast<double>(run.samples().size()), scores);
  for (std::size_t s = 0; s < scores.size(); ++s) {
    const double stated = run.corpus_scores()[place.score + s];
    // Other compilers round pow() and exp() differently in the last digit.
    const bool same = std::abs(stated - scores[s]) <= 1e-12 * std::abs(stated);
    if (std::isnan(stated) || same) continue;
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: states {} = {}, but its rows give {}; measure it again",
                            run.name(), names[s], stated, scores[s]));
  }
}

}  // namespace vernier
