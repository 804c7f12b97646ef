#include "metrics/cider/cider.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "metrics/words/ngrams.h"

namespace vernier {
namespace {

constexpr int kOrders = SampleNgrams::kMaxOrder;
constexpr double kSigma = 6;
constexpr std::array<std::string_view, 1> kClippedName = {"cider"};
constexpr std::array<std::string_view, 1> kPlainName = {"cider-plain"};

class FrequencyObserver final : public MetricObserver {
 public:
  FrequencyObserver(DocumentFrequencies& table, const Vocabulary& vocabulary)
      : writer_(table), ngrams_(vocabulary) {}
  void observe(std::span<const std::span<const WordId>> references) override {
    ngrams_.reset(references);
    writer_.add_document(ngrams_.fingerprints());
  }
  void finish() override { writer_.flush(); }

 private:
  DocumentFrequencies::Writer writer_;
  SampleNgrams ngrams_;
};

class CiderWorker final : public MetricWorker {
 public:
  CiderWorker(const DocumentFrequencies& table, bool clipped)
      : table_(table),
        clipped_(clipped),
        log_documents_(std::log(static_cast<double>(table.documents()))) {
    for (std::size_t i = 0; i < log_.size(); ++i) {
      log_[i] = std::log(std::max(1.0, static_cast<double>(i)));
    }
    for (std::size_t i = 0; i < penalty_.size(); ++i) {
      penalty_[i] = length_penalty(static_cast<double>(i));
    }
  }

  void measure(const SampleView& sample, std::span<double> row) override {
    SampleNgrams& ngrams = *sample.ngrams;
    look_up_weights(ngrams.fingerprints());
    const std::uint32_t candidate_grams = ngrams.candidate_grams();
    reference_value_.assign(candidate_grams, 0.0);
    const std::size_t references = ngrams.text_count() - 1;

    std::array<double, kOrders> norm{}, total{};
    for (int n = 0; n < kOrders; ++n) norm[n] = norm_of(ngrams.counts(0, n + 1));
    for (std::size_t r = 1; r <= references; ++r) {
      const std::int64_t gap = bigrams(ngrams, 0) - bigrams(ngrams, r);
      for (int n = 0; n < kOrders; ++n) {
        const auto counts = ngrams.counts(r, n + 1);
        const double reference_norm = norm_of(counts);
        for (const auto& [gram, count] : counts) {
          if (gram < candidate_grams) reference_value_[gram] = count * weight_[gram];
        }
        double value = 0;
        for (const auto& [gram, count] : ngrams.counts(0, n + 1)) {
          const double in_reference = reference_value_[gram];
          const double in_candidate = count * weight_[gram];
          value += (clipped_ ? std::min(in_candidate, in_reference) : in_candidate) * in_reference;
        }
        for (const auto& [gram, count] : counts) {
          if (gram < candidate_grams) reference_value_[gram] = 0;
        }
        if (norm[n] != 0 && reference_norm != 0) value /= norm[n] * reference_norm;
        if (clipped_) value *= penalty(gap);
        total[n] += value;
      }
    }
    double sum = 0;
    for (const double value : total) sum += value;
    row[0] = sum / kOrders / static_cast<double>(references) * 10.0;
  }

 private:
  static std::int64_t bigrams(SampleNgrams& ngrams, std::size_t t) {
    return std::max<std::int64_t>(0, std::int64_t{ngrams.text(t).length} - 1);
  }
  static double length_penalty(double gap) {
    return std::pow(std::numbers::e, -(gap * gap) / (2 * kSigma * kSigma));
  }
  double penalty(std::int64_t gap) const {
    const std::uint64_t size = static_cast<std::uint64_t>(std::abs(gap));
    return size < penalty_.size() ? penalty_[size] : length_penalty(static_cast<double>(gap));
  }
  // The table is far larger than the cache: asking for all slots first hides most of the wait.
  void look_up_weights(std::span<const std::uint64_t> fingerprints) {
    for (const std::uint64_t fingerprint : fingerprints) table_.prefetch(fingerprint);
    weight_.resize(fingerprints.size());
    for (std::size_t i = 0; i < fingerprints.size(); ++i) {
      const std::uint32_t count = table_[fingerprints[i]];
      weight_[i] = log_documents_ -
                   (count < log_.size() ? log_[count] : std::log(static_cast<double>(count)));
    }
  }
  double norm_of(std::span<const SampleNgrams::Count> counts) const {
    double sum = 0;
    for (const auto& [gram, count] : counts) {
      const double value = count * weight_[gram];
      sum += value * value;
    }
    return std::sqrt(sum);
  }

  const DocumentFrequencies& table_;
  const bool clipped_;
  const double log_documents_;
  std::array<double, 4096> log_;
  std::array<double, 256> penalty_;
  std::vector<double> weight_;           // inverse document frequency, by n-gram of the sample
  std::vector<double> reference_value_;  // tf-idf in the current reference, by candidate n-gram
};

class Cider final : public Metric {
 public:
  explicit Cider(CiderOptions options) : options_(std::move(options)) {}

  std::string_view name() const override { return score_names()[0]; }
  const text::Tokenizer& tokenizer() const override { return *options_.tokenizer; }
  std::span<const std::string_view> columns() const override { return score_names(); }
  std::span<const std::string_view> score_names() const override {
    return options_.clipped ? kClippedName : kPlainName;
  }
  std::string signature() const override {
    const std::string source = options_.frequencies
                                   ? fmt::format("file({},{})", options_.frequencies_name,
                                                 options_.frequencies->documents())
                                   : fmt::format("corpus({})", own_.documents());
    return fmt::format("cider|variant:{}|n:4|{}df:{}|tok:{}|v:1.0.0",
                       options_.clipped ? "D" : "plain", options_.clipped ? "sigma:6|" : "", source,
                       options_.tokenizer->name());
  }
  std::unique_ptr<MetricObserver> make_observer(const Vocabulary& vocabulary) override {
    if (options_.frequencies) return nullptr;
    return make_frequency_observer(own_, vocabulary);
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<CiderWorker>(table(), options_.clipped);
  }
  void aggregate(std::span<const double> sums, double samples,
                 std::span<double> scores) const override {
    scores[0] =
        table().documents() < 2 ? std::numeric_limits<double>::quiet_NaN() : sums[0] / samples;
  }

 private:
  const DocumentFrequencies& table() const {
    return options_.frequencies ? *options_.frequencies : own_;
  }
  CiderOptions options_;
  DocumentFrequencies own_;
};

}  // namespace

std::unique_ptr<Metric> make_cider(CiderOptions options) {
  return std::make_unique<Cider>(std::move(options));
}

std::unique_ptr<MetricObserver> make_frequency_observer(DocumentFrequencies& table,
                                                        const Vocabulary& vocabulary) {
  return std::make_unique<FrequencyObserver>(table, vocabulary);
}

}  // namespace vernier
