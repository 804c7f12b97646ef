#include "results/gate/aa_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/printable.h"
#include "results/compare/difference_spread.h"
#include "results/compare/paired_runs.h"
#include "results/statistics/resampling/philox.h"

namespace vernier {
namespace {

constexpr std::size_t kMostResamples = 1000;
constexpr std::uint64_t kCoins = 0xA1A1A1A1A1A1A1A1u;  // apart from the bootstrap's numbers

/// Both runs' sums by cluster after a trial's coins.
ClusterTable swapped(const PairedRuns& runs, std::uint64_t seed, std::size_t trial) {
  ClusterTable table = runs.sums();
  PhiloxStream coins(seed ^ kCoins, trial);
  const auto width = static_cast<std::ptrdiff_t>(runs.row_width());
  for (std::size_t c = 0; c < table.clusters(); ++c) {
    if (coins.below(2) == 0) continue;
    const std::span<double> row = table.row(c);
    std::swap_ranges(row.begin(), row.begin() + width, row.begin() + width);
  }
  return table;
}

/// Sets the central 95 % of the binomial distribution.
void set_expected(AaRule& rule, std::size_t trials) {
  const auto n = static_cast<double>(trials);
  double below = 0;  // P(X < k)
  rule.least = rule.most = trials;
  for (std::size_t k = 0; k <= trials; ++k) {
    const auto x = static_cast<double>(k);
    const double p = std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) +
                              x * std::log(rule.alpha) + (n - x) * std::log1p(-rule.alpha));
    if (below + p > 0.025) rule.least = std::min(rule.least, k);
    below += p;
    if (below >= 0.975) {
      rule.most = k;
      return;
    }
  }
}

}  // namespace

bool AaCheck::passed() const {
  return std::ranges::all_of(rules, [](const AaRule& rule) { return rule.alarms <= rule.most; });
}

AaCheck aa_check(const Run& baseline, const Run& candidate, const GatePolicy& policy,
                 std::size_t trials, unsigned threads) {
  AaCheck out;
  PairingOptions pairing;
  pairing.cluster_separator = policy.cluster_separator;
  for (const GateRule& rule : policy.rules) {
    if (!rule.max_drop && !rule.max_drop_percent) continue;
    pairing.scores.push_back(rule.metric);
    set_expected(out.rules.emplace_back(AaRule{rule.metric, rule.alpha}), trials);
  }
  if (out.rules.empty()) {
    throw Error(ExitCode::kUsage, policy.name + ": no rule compares, so there is nothing to check");
  }
  const PairedRuns runs(baseline, candidate, pairing);
  const auto& scores = runs.scores();
  std::vector<std::size_t> score_of;  // by rule
  for (const AaRule& rule : out.rules) {
    const auto score =
        std::ranges::find(scores, rule.metric, [](const auto& known) { return known.name; });
    if (score == scores.end()) {
      throw Error(ExitCode::kUsage,
                  fmt::format("{}: \"{}\" is no score", policy.name, printable(rule.metric)));
    }
    score_of.push_back(static_cast<std::size_t>(score - scores.begin()));
  }
  out.trials = trials;
  out.samples = runs.samples();
  out.clusters = runs.clusters();
  out.resamples = std::min(policy.resamples, kMostResamples);
  std::vector<double> a(scores.size()), b(scores.size());
  for (std::size_t trial = 0; trial < trials; ++trial) {
    const ClusterTable table = swapped(runs, policy.seed, trial);
    const std::vector<Spread> spreads =
        difference_spreads(runs, table, {out.resamples, policy.seed + trial, threads});
    runs.aggregate_both(table.total(), a, b);
    for (std::size_t i = 0; i < out.rules.size(); ++i) {
      AaRule& rule = out.rules[i];
      const std::size_t s = score_of[i];
      const Interval interval = bootstrap_interval(
          spreads[s].replicates, b[s] - a[s], spreads[s].left_out, rule.alpha, policy.interval);
      rule.alarms += scores[s].less_is_better ? interval.low > 0 : interval.high < 0;
    }
  }
  return out;
}

}  // namespace vernier
