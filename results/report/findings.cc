#include "results/report/findings.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "results/compare/header_differences.h"
#include "results/report/judge/reading/judge_words.h"

namespace vernier::report {
namespace {

// Slices are many and small: fewer resamples tell their intervals well enough.
constexpr std::size_t kSliceResamples = 2000;

std::size_t position_of(const Run& run, std::string_view score) {
  const auto names = run.header().score_names();
  return static_cast<std::size_t>(std::ranges::find(names, score) - names.begin());
}

std::vector<CommonScore> common_scores(const Findings& findings) {
  std::vector<CommonScore> out;
  for (const MetricDescription& metric : findings.runs[0].header().metrics) {
    for (const std::string& name : metric.scores) {
      const bool everywhere = std::ranges::all_of(findings.pairs, [&](const Pair& pair) {
        return std::ranges::any_of(pair.runs->scores(),
                                   [&](const auto& score) { return score.name == name; });
      });
      if (!everywhere) continue;
      CommonScore score{name, metric.less_is_better, {}};
      for (const Run& run : findings.runs) score.position.push_back(position_of(run, name));
      out.push_back(std::move(score));
    }
  }
  return out;
}

/// Keeps the largest slices, in their order.
void drop_small_slices(Slices& slices) {
  if (slices.groups.size() <= kMostSlices) return;
  std::vector<std::size_t> sizes(slices.groups.size());
  std::ranges::transform(slices.groups, sizes.begin(),
                         [](const Slice& slice) { return slice.samples.size(); });
  std::ranges::nth_element(sizes, sizes.begin() + kMostSlices - 1, std::greater());
  const std::size_t least = sizes[kMostSlices - 1];
  // Of those as small as the smallest that stays, the first ones stay.
  std::size_t room =
      kMostSlices -
      static_cast<std::size_t>(std::ranges::count_if(
          slices.groups, [&](const Slice& slice) { return slice.samples.size() > least; }));
  std::erase_if(slices.groups, [&](const Slice& slice) {
    if (slice.samples.size() != least) return slice.samples.size() < least;
    return room == 0 || room-- == 0;
  });
}

EstimateOptions estimate_options(const ComparisonOptions& options, std::size_t resamples) {
  return {options.alpha, options.interval, {resamples, options.seed, options.threads}};
}

void find_slices(Findings& findings, const Options& options, const RunEstimator& first) {
  findings.slices = slices_by(findings.runs[0], options.by);
  findings.all_slices = findings.slices->groups.size();
  drop_small_slices(*findings.slices);
  ComparisonOptions comparison = options.comparison;
  comparison.resamples = std::min(comparison.resamples, kSliceResamples);
  const EstimateOptions estimate = estimate_options(comparison, comparison.resamples);
  findings.slice_signature = estimates_signature(estimate);
  for (const Slice& slice : findings.slices->groups) {
    if (findings.pairs.empty()) findings.parts.push_back(first.part(slice.samples, estimate));
    for (Pair& pair : findings.pairs) {
      pair.slices.push_back(compare_part(*pair.runs, slice.samples, comparison));
    }
  }
}

/// Metrics of judges that differ in both runs, where these hold the same captions: what differs is
/// the judge (fp16 and int4), and that is what there is to see.
std::vector<std::string> metrics_of_two_judges(const Run& a, const Run& b,
                                               std::string& differences) {
  std::vector<std::string> out;
  const RunHeader &ours = a.header(), &theirs = b.header();
  if (ours.candidates_digest.empty() || ours.candidates_digest != theirs.candidates_digest) {
    return out;
  }
  for (const MetricDescription& metric : ours.metrics) {
    const auto other = std::ranges::find(theirs.metrics, metric.name, &MetricDescription::name);
    if (!is_of_judge(metric.name) || other == theirs.metrics.end() ||
        metric.signature == other->signature) {
      continue;
    }
    out.push_back(metric.name);
    differences = signature_differences(metric.signature, other->signature);
  }
  return out;
}

}  // namespace

bool Findings::has_evidence() const {
  return std::ranges::any_of(evidence, [](const auto& of_run) { return !of_run.empty(); });
}

bool Findings::is_judged() const { return !std::ranges::all_of(judged, &JudgeSums::empty); }

bool Findings::has_disagreement() const {
  return std::ranges::any_of(disagreements, [](const auto& of_run) { return of_run.has_value(); });
}

std::vector<std::size_t> Findings::worst_first() const {
  std::vector<std::size_t> order(runs[0].samples().size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const CommonScore& by = scores[main];
  std::erase_if(order, [&](std::size_t n) { return std::isnan(score(0, n, by)); });
  std::ranges::stable_sort(order, [&](std::size_t x, std::size_t y) {
    const double a = score(0, x, by), b = score(0, y, by);
    return by.less_is_better ? a > b : a < b;
  });
  return order;
}

Findings find(std::span<const Run> runs, const Options& options) {
  Findings findings;
  findings.runs = runs;
  if (runs.empty()) return findings;
  for (std::size_t r = 1; r < runs.size(); ++r) {
    Pair pair;
    const PairingOptions pairing{
        options.cluster_separator, {}, metrics_of_two_judges(runs[0], runs[r], pair.judges)};
    pair.runs = std::make_unique<PairedRuns>(runs[0], runs[r], pairing);
    pair.comparison = compare(*pair.runs, options.comparison);
    findings.pairs.push_back(std::move(pair));
  }
  const EstimateOptions estimate =
      estimate_options(options.comparison, options.comparison.resamples);
  findings.interval_signature = estimates_signature(estimate);
  std::vector<RunEstimator> estimators;
  for (const Run& run : runs) {
    estimators.emplace_back(run, options.cluster_separator);
    findings.whole.push_back(estimators.back().whole(estimate));
    findings.evidence.push_back(sum_evidence(run));
    findings.judged.push_back(sum_notes(run));
    findings.disagreements.push_back(
        find_disagreement(run, options.comparison, options.cluster_separator));
  }
  findings.scores = common_scores(findings);
  if (findings.scores.empty()) {
    throw Error(ExitCode::kIncomplete, "not comparable: no score is in all of the runs");
  }
  std::vector<std::string_view> names(findings.scores.size());
  std::ranges::transform(findings.scores, names.begin(), &CommonScore::name);
  findings.main = judge_score(names).value_or(usual_score(names));
  for (Pair& pair : findings.pairs) {
    const auto main =
        std::ranges::find(pair.runs->scores(), names[findings.main], &PairedRuns::Score::name);
    pair.main = static_cast<std::size_t>(main - pair.runs->scores().begin());
    pair.moved = moved_samples(*pair.runs, *main, pair.runs->samples());
  }
  if (!options.by.empty()) find_slices(findings, options, estimators[0]);
  return findings;
}

}  // namespace vernier::report
