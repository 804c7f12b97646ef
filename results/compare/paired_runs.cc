#include "results/compare/paired_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/printable.h"
#include "results/compare/header_differences.h"
#include "results/run/run_rows.h"

namespace vernier {
namespace {

[[noreturn]] void not_comparable(const std::string& what) {
  throw Error(ExitCode::kIncomplete, "not comparable: " + what);
}

bool same_bits(std::span<const double> a, std::span<const double> b) {
  return std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

}  // namespace

PairedRuns::PairedRuns(const Run& a, const Run& b, const PairingOptions& options) : a_(a), b_(b) {
  check_comparable();
  join();
  choose(options);
  sum_up(options);
  seed_errors_ = vernier::seed_errors(*this);
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
  if (a_.seeds() != b_.seeds()) {
    not_comparable(
        fmt::format("{} has {} seeds, {} has {}", a_.name(), a_.seeds(), b_.name(), b_.seeds()));
  }
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
    const auto [other, in_b] = find_metric(b_.header(), metric.name);
    if (std::none_of(metric.scores.begin(), metric.scores.end(),
                     [&](const std::string& score) { return wanted(metric, score); })) {
      continue;
    }
    if (other == nullptr) {
      only_in_one_.push_back(metric.name);
      continue;
    }
    const bool two_judges = std::find(options.of_two_judges.begin(), options.of_two_judges.end(),
                                      metric.name) != options.of_two_judges.end();
    if (metric.signature != other->signature && !two_judges) {
      differing += differing.empty() ? "" : "; ";
      differing += fmt::format("{}: {}", printable(metric.name),
                               signature_differences(metric.signature, other->signature));
      continue;
    }
    const MetricPlace in_a = find_metric(a_.header(), metric.name).place;
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
    check_stated_scores(a_, *joined.aggregator, in_a);
    check_stated_scores(b_, *joined.aggregator, in_b);
    row_width_ += joined.width;
    metrics_.push_back(std::move(joined));
  }
  for (const MetricDescription& metric : b_.header().metrics) {
    if (find_metric(a_.header(), metric.name).description == nullptr)
      only_in_one_.push_back(metric.name);
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

void PairedRuns::sum_up(const PairingOptions& options) {
  cluster_of_ = cluster_numbers(a_, options.cluster_separator);
  const std::vector<std::size_t> all = all_samples(a_);
  for (Metric& metric : metrics_) metric.identical = identical(metric, all);
  sums_ = sums_of(all);
}

bool PairedRuns::identical(const Metric& metric, std::span<const std::size_t> samples) const {
  return std::all_of(samples.begin(), samples.end(), [&](std::size_t n) {
    return same_bits(a_.row(n).subspan(metric.in_a.column, metric.width),
                     b_.row(partner_[n]).subspan(metric.in_b.column, metric.width));
  });
}

void PairedRuns::add_sample(std::size_t n, std::span<double> sums) const {
  const std::span<const double> a = a_.row(n), b = b_.row(partner_[n]);
  for (const Metric& metric : metrics_) {
    for (std::size_t k = 0; k < metric.width; ++k) {
      sums[metric.begin + k] += a[metric.in_a.column + k];
      sums[row_width_ + metric.begin + k] += b[metric.in_b.column + k];
    }
  }
  sums[2 * row_width_] += 1;
}

ClusterTable PairedRuns::sums_of(std::span<const std::size_t> samples) const {
  return cluster_sums(cluster_of_, samples, 2 * row_width_ + 1,
                      [&](std::size_t n, std::span<double> cluster) { add_sample(n, cluster); });
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

void PairedRuns::aggregate_both(std::span<const double> sums, std::span<double> a,
                                std::span<double> b) const {
  const double samples = sums[2 * row_width_];
  aggregate(sums.first(row_width_), samples, a);
  aggregate(sums.subspan(row_width_, row_width_), samples, b);
}

}  // namespace vernier
