#include "metrics/sacrebleu/sacrebleu.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "metrics/sacrebleu/reference_count.h"
#include "metrics/text/sacrebleu/sacrebleu_tokenizers.h"
#include "metrics/words/ngram_overlap.h"

namespace vernier {
namespace {

constexpr std::string_view kScores[] = {"sacrebleu"};

enum class Smoothing { kExp, kFloor, kAddK, kNone };

text::SacrebleuTokenizer tokenizer_kind(std::string_view name) {
  using Kind = text::SacrebleuTokenizer;
  if (name == "13a") return Kind::k13a;
  if (name == "intl") return Kind::kIntl;
  if (name == "char") return Kind::kChar;
  if (name == "zh") return Kind::kZh;
  if (name == "none") return Kind::kNone;
  throw Error(ExitCode::kUsage,
              fmt::format("sacreBLEU tokenizer '{}': expected 13a, intl, char, zh or none", name));
}

Smoothing smoothing_kind(std::string_view name) {
  if (name == "exp") return Smoothing::kExp;
  if (name == "floor") return Smoothing::kFloor;
  if (name == "add-k") return Smoothing::kAddK;
  if (name == "none") return Smoothing::kNone;
  throw Error(ExitCode::kUsage,
              fmt::format("BLEU smoothing '{}': expected exp, floor, add-k or none", name));
}

class SacrebleuWorker final : public MetricWorker {
 public:
  explicit SacrebleuWorker(int max_order)
      : max_order_(max_order), matches_(std::size_t(max_order)) {}

  void measure(const SampleView& sample, std::span<double> row) override {
    const auto length = static_cast<std::int64_t>(sample.candidate.size());
    std::int64_t closest = -1;
    std::fill(matches_.begin(), matches_.end(), 0);
    overlap_.set_candidate(sample.candidate, max_order_);
    for (const auto& reference : sample.references) {
      overlap_.match_beyond(reference, matches_);
      const auto other = static_cast<std::int64_t>(reference.size());
      const std::int64_t gap = std::abs(other - length), best = std::abs(closest - length);
      if (closest < 0 || gap < best || (gap == best && other < closest)) closest = other;
    }
    row[0] = static_cast<double>(length);
    row[1] = static_cast<double>(closest);
    for (int n = 1; n <= max_order_; ++n) {
      row[1 + n] = matches_[n - 1];
      row[1 + max_order_ + n] = static_cast<double>(std::max<std::int64_t>(0, length - n + 1));
    }
  }

 private:
  const int max_order_;
  NgramOverlap overlap_;
  std::vector<std::uint32_t> matches_;
};

class Sacrebleu final : public Metric {
 public:
  explicit Sacrebleu(SacrebleuOptions options)
      : options_(std::move(options)),
        smoothing_(smoothing_kind(options_.smoothing)),
        smooth_value_(options_.smooth_value.value_or(smoothing_ == Smoothing::kFloor ? 0.1 : 1.0)),
        tokenizer_(text::make_sacrebleu_tokenizer(tokenizer_kind(options_.tokenizer),
                                                  options_.lowercase)) {
    if (options_.max_order < 1 || options_.max_order > 64) {
      throw Error(ExitCode::kUsage,
                  fmt::format("BLEU order {}: expected 1 to 64", options_.max_order));
    }
    if (!std::isfinite(smooth_value_) || smooth_value_ < 0) {
      throw Error(ExitCode::kUsage,
                  fmt::format("BLEU smoothing value {}: expected a number from 0", smooth_value_));
    }
    column_names_ = {"length", "reference_length"};
    for (int n = 1; n <= options_.max_order; ++n) {
      column_names_.push_back(fmt::format("correct_{}", n));
    }
    for (int n = 1; n <= options_.max_order; ++n) {
      column_names_.push_back(fmt::format("guess_{}", n));
    }
    columns_.assign(column_names_.begin(), column_names_.end());
  }

  std::string_view name() const override { return kScores[0]; }
  const text::Tokenizer& tokenizer() const override { return *tokenizer_; }
  std::span<const std::string_view> columns() const override { return columns_; }
  std::span<const std::string_view> score_names() const override { return kScores; }

  std::string signature() const override {
    const bool valued = smoothing_ == Smoothing::kFloor || smoothing_ == Smoothing::kAddK;
    const std::string value = valued ? fmt::format("[{:.2f}]", smooth_value_) : "";
    // Two decimals are sacreBLEU's; a finer value is said in full.
    const bool finer = valued && std::stod(fmt::format("{:.2f}", smooth_value_)) != smooth_value_;
    const std::string exact = finer ? fmt::format("smooth-value:{}|", smooth_value_) : "";
    // sacreBLEU's signature has no place for the order: say it where it is not the usual one.
    const std::string order =
        options_.max_order == 4 ? "" : fmt::format("n:{}|", options_.max_order);
    return fmt::format(
        "sacrebleu|{}nrefs:{}|case:{}|eff:{}|tok:{}|smooth:{}{}|{}version:2.6.0|v:1.0.0", order,
        references_.text(), options_.lowercase ? "lc" : "mixed",
        options_.effective_order ? "yes" : "no", options_.tokenizer, options_.smoothing, value,
        exact);
  }

  std::unique_ptr<MetricObserver> make_observer(const Vocabulary&) override {
    return references_.make_observer();
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<SacrebleuWorker>(options_.max_order);
  }
  void aggregate(std::span<const double> sums, double, std::span<double> scores) const override {
    scores[0] = bleu(sums, options_.effective_order);
  }
  void sentence_scores(std::span<const double> row, std::span<double> scores) const override {
    scores[0] = bleu(row, options_.effective_order || options_.sentence_effective_order);
  }

 private:
  double bleu(std::span<const double> sums, bool effective_order) const {
    constexpr double log_zero = -9999999999;
    const int orders = options_.max_order;
    const double length = sums[0], reference_length = sums[1];
    const auto correct = sums.subspan(2, orders), guess = sums.subspan(2 + orders, orders);
    if (std::all_of(correct.begin(), correct.end(), [](double c) { return c == 0; })) return 0;
    double penalty = 1;
    if (length < reference_length) {
      penalty = length > 0 ? std::exp(1 - reference_length / length) : 0;
    }
    double divisor = 1, logs = 0;
    int effective = orders, n = 1;
    for (; n <= orders; ++n) {
      double hits = correct[n - 1], all = guess[n - 1];
      if (smoothing_ == Smoothing::kAddK && n > 1) {
        hits += smooth_value_;
        all += smooth_value_;
      }
      if (all == 0) break;
      if (effective_order) effective = n;
      double precision = 0;
      if (hits != 0) {
        precision = 100 * hits / all;
      } else if (smoothing_ == Smoothing::kExp) {
        divisor *= 2;
        precision = 100 / (divisor * all);
      } else if (smoothing_ == Smoothing::kFloor) {
        precision = 100 * smooth_value_ / all;
      }
      logs += precision == 0 ? log_zero : std::log(precision);
    }
    for (; n <= effective; ++n) logs += log_zero;
    return penalty * std::exp(logs / effective);
  }

  const SacrebleuOptions options_;
  const Smoothing smoothing_;
  const double smooth_value_;
  const std::unique_ptr<const text::Tokenizer> tokenizer_;
  std::vector<std::string> column_names_;
  std::vector<std::string_view> columns_;
  ReferenceCount references_;
};

}  // namespace

std::unique_ptr<Metric> make_sacrebleu(SacrebleuOptions options) {
  return std::make_unique<Sacrebleu>(std::move(options));
}

}  // namespace vernier
