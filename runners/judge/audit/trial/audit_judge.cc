#include "runners/judge/audit/trial/audit_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "results/statistics/agreement/ranked_pairs.h"
#include "results/statistics/intervals/clustered_mean.h"
#include "results/statistics/intervals/interval.h"
#include "results/statistics/resampling/draw.h"

namespace vernier {
namespace {

using visce::RatingCase;
using visce::Verdict;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kAlpha = 0.05;
constexpr std::size_t kPortion = 64, kResamples = 2000;

[[noreturn]] void fail(const std::string& error) {
  throw Error(ExitCode::kIncomplete, fmt::format("the model gave no answer: {}", error));
}

}  // namespace

bool Ratings::usable() const {
  const auto none = std::ranges::count_if(scores, [](double s) { return std::isnan(s); });
  return 2 * static_cast<std::size_t>(none) <= scores.size();
}

std::string Ratings::complaint() const {
  double sum = 0;
  std::size_t n = 0;
  for (const double one : mass) {
    if (std::isnan(one)) continue;
    sum += one;
    ++n;
  }
  return fmt::format(
      "the model does not answer in this form (numbers hold {:.2f} of the probability)",
      n > 0 ? sum / static_cast<double>(n) : 0.0);
}

AuditJudge::AuditJudge(chat::ChatModel& model, const prompts::PromptSet& prompts,
                       const visce::RaterOptions& how, const std::vector<AuditScene>& scenes,
                       const GlobalOptions& global)
    : model_(model),
      prompts_(prompts),
      how_(how),
      scenes_(scenes),
      rater_(model, prompts, how),
      progress_("answers", global.quiet) {}

Ratings AuditJudge::rate_by(visce::Rater& rater, const std::vector<Asked>& asked) {
  Ratings out;
  std::vector<RatingCase> cases;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const Asked& one = asked[i];
    cases.push_back({one.caption,
                     {},
                     one.other.picture != nullptr ? one.other : scenes_[one.image].seen,
                     one.context});
    if (cases.size() < kPortion && i + 1 < asked.size()) continue;
    for (const Verdict& verdict : rater.rate(cases)) {
      if (verdict.status == visce::VerdictStatus::kFailed) fail(verdict.error);
      const auto& rating = verdict.rating;
      out.scores.push_back(verdict.score.value_or(kNone));
      out.raw.push_back(rating && verdict.score ? visce::on_hundred(rating->raw, how_.scale)
                                                : kNone);
      out.mass.push_back(rating ? rating->mass : 0.0);
    }
    done_ += cases.size();
    cases.clear();
    progress_.update(done_, 0);
    check_interrupt();
  }
  return out;
}

Ratings AuditJudge::rate(const std::vector<Asked>& asked) { return rate_by(rater_, asked); }

Ratings AuditJudge::rate(const std::vector<Asked>& asked, const visce::RaterOptions& how) {
  visce::Rater other(model_, prompts_, how);
  // Contexts are the model's, whatever is asked afterwards.
  for (const auto& [digest, context] : rater_.contexts().known()) {
    other.contexts().remember(digest, *context);
  }
  return rate_by(other, asked);
}

std::vector<visce::Comparison> AuditJudge::compare(
    const std::vector<visce::ComparisonCase>& cases) {
  visce::Comparer comparer(model_, prompts_);
  std::vector<visce::Comparison> out;
  for (std::size_t begin = 0; begin < cases.size(); begin += kPortion) {
    const std::size_t count = std::min(kPortion, cases.size() - begin);
    for (visce::Comparison& one : comparer.compare(std::span(cases).subspan(begin, count))) {
      if (one.failure != chat::ChatFailure::kNone) fail(one.error);
      out.push_back(std::move(one));
    }
    progress_.update(done_ += count, 0);
    check_interrupt();
  }
  return out;
}

std::vector<double> AuditJudge::ask_yes(const std::vector<Asked>& questions) {
  std::vector<double> out(questions.size(), kNone);
  for (std::size_t begin = 0; begin < questions.size(); begin += kPortion) {
    std::vector<chat::ChatRequest> requests;
    for (std::size_t i = begin; i < std::min(begin + kPortion, questions.size()); ++i) {
      chat::ChatRequest request;
      request.pictures = {scenes_[questions[i].image].seen.picture};
      request.messages = {visce::user_message(questions[i].caption, 1)};
      request.choices = {"yes", "no", "Yes", "No"};
      request.most_new = 0;
      requests.push_back(std::move(request));
    }
    model_.run(requests, [&](std::size_t i, const chat::ChatAnswer& answer) {
      if (answer.failure != chat::ChatFailure::kNone) fail(answer.error);
      const double yes =
          chat::probability(answer.choices[0]) + chat::probability(answer.choices[2]);
      const double no = chat::probability(answer.choices[1]) + chat::probability(answer.choices[3]);
      if (yes + no >= 0.5) out[begin + i] = yes / (yes + no);
    });
    progress_.update(done_ += requests.size(), 0);
    check_interrupt();
  }
  return out;
}

std::shared_ptr<const visce::VisualContext> AuditJudge::context(std::size_t image) {
  const visce::MadeContext made =
      rater_.contexts().make(std::span(&scenes_[image].seen, 1)).front();
  if (made.context == nullptr) fail(made.error);
  return made.context;
}

AuditMeasure mean_of(std::span<const ClusteredValue> values) {
  std::map<std::size_t, std::pair<double, double>> sums;  // by image: sum, number
  for (const ClusteredValue& one : values) {
    if (std::isnan(one.value)) continue;
    sums[one.image].first += one.value;
    sums[one.image].second += 1;
  }
  AuditMeasure out;
  out.n = sums.size();
  if (sums.empty()) return out;
  ClusterTable table(sums.size(), 2);
  std::size_t row = 0;
  for (const auto& [image, sum] : sums) {
    table.row(row)[0] = sum.first;
    table.row(row++)[1] = sum.second;
  }
  const ClusteredMean mean = clustered_mean(table, kAlpha, {.resamples = kResamples});
  out.value = mean.value;
  out.low = mean.low;
  out.high = mean.high;
  return out;
}

AuditMeasure statistic_of(std::size_t images, const WeightedStatistic& statistic) {
  AuditMeasure out;
  out.n = images;
  std::vector<std::uint16_t> weights(images, 1);
  out.value = statistic(weights);
  std::vector<double> replicates;
  for (std::size_t r = 0; r < kResamples; ++r) {
    draw_weights(Weighting::kBootstrap, 1, r, weights);
    const double value = statistic(weights);
    if (!std::isnan(value)) replicates.push_back(value);
  }
  if (std::isnan(out.value) || replicates.size() < kResamples / 2) return out;
  const Interval interval = bootstrap_interval(std::move(replicates), out.value, {}, kAlpha / 2,
                                               IntervalMethod::kPercentile);
  out.low = interval.low;
  out.high = interval.high;
  return out;
}

AuditMeasure tau_of(std::span<const double> x, std::span<const double> y,
                    std::span<const std::uint32_t> images) {
  std::vector<double> known_x, known_y;
  std::vector<std::uint32_t> clusters;
  std::map<std::uint32_t, std::uint32_t> numbers;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i]) || std::isnan(y[i])) continue;
    known_x.push_back(x[i]);
    known_y.push_back(y[i]);
    const auto next = static_cast<std::uint32_t>(numbers.size());
    clusters.push_back(numbers.try_emplace(images[i], next).first->second);
  }
  if (numbers.size() < 2) return {};
  const RankedPairs pairs(known_x, known_y, clusters);
  RankedPairs::Scratch scratch;
  return statistic_of(numbers.size(), [&](std::span<const std::uint16_t> weights) {
    return pairs.measure(weights, scratch).tau_b;
  });
}

}  // namespace vernier
