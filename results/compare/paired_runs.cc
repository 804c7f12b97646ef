#include "results/compare/paired_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>

#include "base/error.h"
#include "base/printable.h"
#include "metrics/aggregate/column_sums.h"
#include "results/compare/header_differences.h"

namespace vernier {
namespace {

[[noreturn]] void not_comparable(const std::string& what) {
  throw Error(ExitCode::kIncomplete, "not comparable: " + what);
}

bool same_bits(std::span<const double> a, std::span<const double> b) {
  return std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

}  // namespace

struct PairedRuns::Found {
  const MetricDescription* description;  // null: the run has no such metric
  Place place;
};

PairedRuns::Found PairedRuns::find_metric(const Run& run, std::string_view name) {
  Place place;
  for (const MetricDescription& metric : run.header().metrics) {
    if (metric.name == name) return {&metric, place};
    place.column += metric.columns.size();
    place.score += metric.scores.size();
  }
  return {nullptr, {}};
}

PairedRuns::PairedRuns(const Run& a, const Run& b, const PairingOptions& options) : a_(a), b_(b) {
  check_comparable();
  join();
  choose(options);
  sum_up(options);
}

void PairedRuns::check_comparable() const {
  const RunHeader &ours = a_.header(), &theirs = b_.header();
  if (ours.dataset_digest == theirs.dataset_digest) return;
  std::size_t common = 0;
  for (const Run::Sample& sample : a_.samples()) common += b_.find(sample.id) != Run::npos;
  not_comparable(fmt::format(
      "{} and {} were measured on different samples or references (dataset digests {} / {}; {} and "
      "{} samples, {} ids in common)",
      a_.name(), b_.name(), printable(ours.dataset_digest), printable(theirs.dataset_digest),
      a_.samples().size(), b_.samples().size(), common));
}

void PairedRuns::join() {
  if (a_.samples().size() != b_.samples().size()) {
    not_comparable(fmt::format("{} has {} samples, {} has {}", a_.name(), a_.samples().size(),
                               b_.name(), b_.samples().size()));
  }
  for (const Run::Sample& sample : a_.samples()) {
    const std::size_t partner = b_.find(sample.id);
    if (partner == Run::npos) {
      not_comparable(fmt::format("the id {} of {} is not in {}", printable(sample.id, 80),
                                 a_.name(), b_.name()));
    }
    partner_.push_back(partner);
  }
}

void PairedRuns::choose(const PairingOptions& options) {
  const auto wanted = [&](const MetricDescription& metric, std::string_view score) {
    if (options.scores.empty()) return true;
    return std::any_of(options.scores.begin(), options.scores.end(), [&](const std::string& name) {
      return name == metric.name || name == score;
    });
  };
  std::string differing;
  for (const MetricDescription& metric : a_.header().metrics) {
    const auto [other, in_b] = find_metric(b_, metric.name);
    if (std::none_of(metric.scores.begin(), metric.scores.end(),
                     [&](const std::string& score) { return wanted(metric, score); })) {
      continue;
    }
    if (other == nullptr) {
      only_in_one_.push_back(metric.name);
      continue;
    }
    if (metric.signature != other->signature) {
      differing += differing.empty() ? "" : "; ";
      differing += fmt::format("{}: {}", printable(metric.name),
                               signature_differences(metric.signature, other->signature));
      continue;
    }
    const Place in_a = find_metric(a_, metric.name).place;
    Metric joined{open_aggregator(metric), in_a, in_b, row_width_, metric.columns.size()};
    if (joined.aggregator == nullptr || metric.columns != other->columns ||
        metric.scores != other->scores) {
      not_comparable(fmt::format("this version cannot make scores from the rows of \"{}\" ({})",
                                 printable(metric.name), printable(metric.signature)));
    }
    for (std::size_t s = 0; s < metric.scores.size(); ++s) {
      if (!wanted(metric, metric.scores[s])) continue;
      scores_.push_back({metric.scores[s], metric.signature, metric.less_is_better, metrics_.size(),
                         s, a_.corpus_scores()[in_a.score + s], b_.corpus_scores()[in_b.score + s],
                         in_a.score + s, in_b.score + s});
    }
    check_stated(a_, *joined.aggregator, in_a);
    check_stated(b_, *joined.aggregator, in_b);
    row_width_ += joined.width;
    metrics_.push_back(std::move(joined));
  }
  for (const MetricDescription& metric : b_.header().metrics) {
    if (find_metric(a_, metric.name).description == nullptr) only_in_one_.push_back(metric.name);
  }
  if (!differing.empty()) {
    not_comparable(
        fmt::format("{} and {} have different signatures: {}", a_.name(), b_.name(), differing));
  }
  for (const std::string& name : options.scores) {
    const bool known = std::any_of(scores_.begin(), scores_.end(), [&](const Score& score) {
      return score.name == name || metrics_[score.metric].aggregator->name() == name;
    });
    if (known) continue;
    throw Error(ExitCode::kUsage,
                fmt::format("no score or metric \"{}\" in both runs; {} has {}", printable(name),
                            a_.name(), fmt::join(a_.header().score_names(), ", ")));
  }
  if (scores_.empty()) {
    not_comparable(fmt::format("{} and {} have no metric in common", a_.name(), b_.name()));
  }
}

// A run whose rows were made by another version, or edited, must not be resampled. A stated null is
// a score that is undefined for reasons that rows do not show (CIDEr of one image).
void PairedRuns::check_stated(const Run& run, const Aggregator& aggregator, Place place) {
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

void PairedRuns::sum_up(const PairingOptions& options) {
  std::unordered_map<std::string_view, std::size_t> numbers;
  std::vector<std::size_t> cluster_of;
  for (const Run::Sample& sample : a_.samples()) {
    std::string_view key = sample.image_id;
    if (!options.cluster_separator.empty())
      key = key.substr(0, key.find(options.cluster_separator));
    cluster_of.push_back(numbers.emplace(key, numbers.size()).first->second);
  }
  sums_ = ClusterTable(numbers.size(), 2 * row_width_ + 1);
  for (std::size_t n = 0; n < cluster_of.size(); ++n) {
    const std::span<double> cluster = sums_.row(cluster_of[n]);
    const std::span<const double> a = a_.row(n), b = b_.row(partner_[n]);
    for (Metric& metric : metrics_) {
      const auto ours = a.subspan(metric.in_a.column, metric.width);
      const auto theirs = b.subspan(metric.in_b.column, metric.width);
      metric.identical &= same_bits(ours, theirs);
      for (std::size_t k = 0; k < metric.width; ++k) {
        cluster[metric.begin + k] += ours[k];
        cluster[row_width_ + metric.begin + k] += theirs[k];
      }
    }
    cluster[2 * row_width_] += 1;
  }
}

void PairedRuns::aggregate(std::span<const double> sums, double samples,
                           std::span<double> scores) const {
  std::vector<double> all;
  for (std::size_t s = 0, last = metrics_.size(); s < scores_.size(); ++s) {
    const Score& score = scores_[s];
    const Metric& metric = metrics_[score.metric];
    if (score.metric != last) {
      all.resize(metric.aggregator->score_names().size());
      metric.aggregator->aggregate(sums.subspan(metric.begin, metric.width), samples, all);
      last = score.metric;
    }
    scores[s] = all[score.of_metric];
  }
}

}  // namespace vernier
