#include "results/report/judge/disagreement/disagreement.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "results/compare/moved_samples.h"
#include "results/report/judge/reading/judge_words.h"
#include "results/run/run_rows.h"
#include "results/statistics/rank_correlation.h"

namespace vernier::report {
namespace {

// A rank correlation of many captions is slow to resample, and its interval is narrow.
constexpr std::size_t kMostResamples = 2000, kLeastResamples = 200;
constexpr std::size_t kResampledCaptions = 20'000'000;

/// The last score of a metric that is no part of another: BLEU-4 of BLEU.
std::size_t main_score(const MetricDescription& metric) {
  std::size_t last = metric.scores.size() - 1;
  while (last > 0 && metric.scores[last].find('/') != std::string::npos) --last;
  return last;
}

std::vector<double> values_of(const Run& run, std::size_t score) {
  std::vector<double> out(run.samples().size());
  for (std::size_t n = 0; n < out.size(); ++n) out[n] = run.scores(n)[score];
  return out;
}

/// Samples that have both scores.
std::vector<std::size_t> with_both(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<std::size_t> out;
  for (std::size_t n = 0; n < a.size(); ++n) {
    if (std::isfinite(a[n]) && std::isfinite(b[n])) out.push_back(n);
  }
  return out;
}

std::vector<double> chosen(const std::vector<double>& values,
                           const std::vector<std::size_t>& samples) {
  std::vector<double> out(samples.size());
  std::ranges::transform(samples, out.begin(), [&](std::size_t n) { return values[n]; });
  return out;
}

bool varies(const std::vector<double>& values) {
  return std::ranges::any_of(values, [&](double value) { return value != values[0]; });
}

/// Images of these samples: 0, 1, ...
std::vector<std::uint32_t> images_of(const std::vector<std::size_t>& cluster_of,
                                     const std::vector<std::size_t>& samples) {
  std::unordered_map<std::size_t, std::uint32_t> numbers;
  std::vector<std::uint32_t> out;
  for (const std::size_t n : samples) {
    const auto next = static_cast<std::uint32_t>(numbers.size());
    out.push_back(numbers.try_emplace(cluster_of[n], next).first->second);
  }
  return out;
}

class Search {
 public:
  Search(const Run& run, const ComparisonOptions& options, std::string_view separator)
      : run_(run), cluster_of_(cluster_numbers(run, separator)) {
    const std::size_t captions = std::max<std::size_t>(run.samples().size(), 1);
    agreement_.resamples = std::min(options.resamples, std::clamp(kResampledCaptions / captions,
                                                                  kLeastResamples, kMostResamples));
    agreement_.seed = options.seed;
    agreement_.alpha = options.alpha;
    agreement_.threads = options.threads;
  }

  std::optional<Disagreement> find() {
    const auto names = run_.header().score_names();
    const auto judge = judge_score(names);
    // Against another caption is another question than against references.
    if (!judge || names[*judge] == "pairwise-wins") return std::nullopt;
    out_.judge = names[*judge];
    out_.judge_score = values_of(run_, *judge);
    std::size_t score = 0;
    for (const MetricDescription& metric : run_.header().metrics) {
      if (!is_of_judge(metric.name)) add(metric, score + main_score(metric));
      score += metric.scores.size();
    }
    if (out_.metrics.empty()) return std::nullopt;
    rank();
    return std::move(out_);
  }

 private:
  void add(const MetricDescription& metric, std::size_t score) {
    const std::vector<double> values = values_of(run_, score);
    const std::vector<std::size_t> both = with_both(out_.judge_score, values);
    HumanJudgements judged;
    const std::vector<double> ratings = chosen(out_.judge_score, both);
    std::vector<double> measured = chosen(values, both);
    if (both.empty() || !varies(ratings) || !varies(measured)) return;
    judged.images = images_of(cluster_of_, both);
    for (const double rating : ratings) judged.ratings.push_back({rating});
    const std::string name(run_.header().score_names()[score]);
    const Agreement found =
        agreement(judged, {{name, std::move(measured), metric.less_is_better}}, agreement_);
    out_.signature = found.signature;
    out_.metrics.push_back({name, metric.less_is_better, both.size(),
                            static_cast<std::size_t>(found.images),
                            found.scores[0].estimates[kTauB]});
    scores_.push_back(score);
  }

  /// Ranks by the judge and by the main metric, and the gaps between them.
  void rank() {
    std::vector<std::string_view> names;
    for (const MetricAgreement& metric : out_.metrics) names.push_back(metric.name);
    out_.main = usual_score(names);
    out_.metric_score = values_of(run_, scores_[out_.main]);
    const std::vector<std::size_t> both = with_both(out_.judge_score, out_.metric_score);
    out_.judge_rank = ranks(out_.judge_score, both, false);
    out_.metric_rank = ranks(out_.metric_score, both, out_.metrics[out_.main].less_is_better);
    const auto gap = [&](std::size_t n) { return out_.judge_rank[n] - out_.metric_rank[n]; };
    for (const std::size_t n : both) {
      if (gap(n) > 0) out_.judge_likes.push_back(n);
      if (gap(n) < 0) out_.metric_likes.push_back(n);
    }
    std::ranges::stable_sort(out_.judge_likes, std::greater(), gap);
    std::ranges::stable_sort(out_.metric_likes, std::less(), gap);
  }

  std::vector<double> ranks(const std::vector<double>& values,
                            const std::vector<std::size_t>& samples, bool less_is_better) const {
    std::vector<double> out(values.size(), std::numeric_limits<double>::quiet_NaN());
    const std::vector<double> found = mid_ranks(chosen(values, samples));
    const auto count = static_cast<double>(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const double percent = 100 * (found[i] - 0.5) / count;
      out[samples[i]] = less_is_better ? 100 - percent : percent;
    }
    return out;
  }

  const Run& run_;
  std::vector<std::size_t> cluster_of_;
  AgreementOptions agreement_;
  Disagreement out_;
  std::vector<std::size_t> scores_;  // of out_.metrics, among all of the run
};

}  // namespace

std::optional<Disagreement> find_disagreement(const Run& run, const ComparisonOptions& options,
                                              std::string_view cluster_separator) {
  return Search(run, options, cluster_separator).find();
}

}  // namespace vernier::report
