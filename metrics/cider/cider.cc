#include "metrics/cider/cider.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "metrics/explain/explanation.h"
#include "metrics/mean_metric.h"
#include "metrics/words/ngrams.h"

namespace vernier {
namespace {

constexpr int kOrders = SampleNgrams::kMaxOrder;
constexpr double kSigma = 6;

class FrequencyObserver final : public MetricObserver {
 public:
  FrequencyObserver(DocumentFrequencies& table, const Vocabulary& vocabulary)
      : writer_(table), ngrams_(vocabulary) {}
  void observe(std::span<const std::span<const WordId>> references) override {
    writer_.add_document(ngrams_.distinct(references));
  }
  void finish() override { writer_.flush(); }

 private:
  DocumentFrequencies::Writer writer_;
  SampleNgrams ngrams_;
};

/// What measuring tells as it goes: nothing.
struct NoTrace {
  void term(std::size_t /*gram*/, double /*value*/) {}
  void compared(std::size_t /*reference*/, std::size_t /*order*/, double /*product*/,
                double /*similarity*/) {}
};

/// Keeps what each n-gram adds, which is known once the product it belongs to is divided by the
/// norms.
class ShareTrace {
 public:
  ShareTrace(std::size_t grams, std::size_t references) : shares(grams), similarity(references) {}
  void term(std::size_t gram, double value) { terms_.emplace_back(gram, value); }
  void compared(std::size_t reference, std::size_t order, double product, double value) {
    for (const auto& [gram, part] : terms_) {
      if (product != 0) shares[gram] += part * (value / product);
    }
    terms_.clear();
    similarity[reference][order] = value;
  }

  std::vector<double> shares;  // by n-gram of the sample
  std::vector<std::array<double, kOrders>> similarity;

 private:
  std::vector<std::pair<std::size_t, double>> terms_;
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
    NoTrace nobody;
    row[0] = score(*sample.ngrams, nobody);
  }

  void explain(const SampleView& sample, Explanation& out) override {
    SampleNgrams& ngrams = *sample.ngrams;
    const std::span<const std::uint64_t> fingerprints = ngrams.fingerprints();
    const std::vector<std::string> texts = ngrams.gram_texts();
    const std::size_t references = ngrams.text_count() - 1;
    ShareTrace trace(fingerprints.size(), references);
    score(ngrams, trace);
    auto& cider = out.how.emplace<CiderExplanation>();
    cider.documents = table_.documents();
    for (std::size_t gram = 0; gram < fingerprints.size(); ++gram) {
      const std::uint32_t documents =
          table_.may_repeat(fingerprints[gram]) ? table_.repeated_count(fingerprints[gram]) : 1;
      cider.grams.push_back({texts[gram], 0, 0, 0, documents, weight_[gram],
                             on_scale(trace.shares[gram], references)});
    }
    for (std::size_t t = 0; t <= references; ++t) {
      for (int order = 1; order <= kOrders; ++order) {
        for (const auto& [gram, count] : ngrams.counts(t, order)) {
          cider.grams[gram].order = static_cast<std::size_t>(order);
          if (t == 0) {
            cider.grams[gram].count = count;
          } else {
            ++cider.grams[gram].references;
          }
        }
      }
      if (t == 0) continue;
      const std::array<double, kOrders>& similarity = trace.similarity[t - 1];
      const double sum = std::accumulate(similarity.begin(), similarity.end(), 0.0);
      cider.references.push_back(
          {similarity, clipped_ ? penalty(gap(ngrams, t)) : 1, on_scale(sum, 1)});
    }
  }

 private:
  /// The score of a sample from a sum over references and orders.
  static double on_scale(double sum, std::size_t references) {
    return sum / kOrders / static_cast<double>(references) * 10.0;
  }
  template <class Trace>
  double score(SampleNgrams& ngrams, Trace& trace) {
    look_up_weights(ngrams.fingerprints());
    const std::size_t references = ngrams.text_count() - 1;
    const std::array<double, kOrders> norm = read_candidate(ngrams);
    std::array<double, kOrders> total{};
    for (std::size_t r = 1; r <= references; ++r) {
      const std::int64_t longer = gap(ngrams, r);
      for (int n = 0; n < kOrders; ++n) {
        const double reference_norm = read_reference(ngrams.counts(r, n + 1));
        const double product = take_product(trace);
        double value = product;
        if (norm[n] != 0 && reference_norm != 0) value /= norm[n] * reference_norm;
        if (clipped_) value *= penalty(longer);
        total[n] += value;
        trace.compared(r - 1, static_cast<std::size_t>(n), product, value);
      }
    }
    double sum = 0;
    for (const double value : total) sum += value;
    return on_scale(sum, references);
  }

  /// By how many bigrams the candidate is longer than a reference.
  static std::int64_t gap(SampleNgrams& ngrams, std::size_t r) {
    return bigrams(ngrams, 0) - bigrams(ngrams, r);
  }
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
    weight_.assign(fingerprints.size(), log_documents_);
    repeated_.clear();
    for (std::uint32_t i = 0; i < fingerprints.size(); ++i) {
      if (!table_.may_repeat(fingerprints[i])) continue;
      table_.prefetch(fingerprints[i]);
      repeated_.push_back(i);
    }
    for (const std::uint32_t i : repeated_) {
      const std::uint32_t count = table_.repeated_count(fingerprints[i]);
      weight_[i] -= count < log_.size() ? log_[count] : std::log(static_cast<double>(count));
    }
  }
  // The candidate's n-grams are numbers 0, 1, ... in the order of its counts.
  std::array<double, kOrders> read_candidate(SampleNgrams& ngrams) {
    const std::size_t grams = ngrams.candidate_grams();
    candidate_value_.resize(grams);
    reference_value_.resize(grams);
    common_.assign((grams + 63) / 64, 0);
    std::array<double, kOrders> norm{};
    for (int n = 0; n < kOrders; ++n) {
      double sum = 0;
      for (const auto& [gram, count] : ngrams.counts(0, n + 1)) {
        const double value = count * weight_[gram];
        sum += value * value;
        candidate_value_[gram] = value;
      }
      norm[n] = std::sqrt(sum);
    }
    return norm;
  }
  // Sets reference_value_ and common_ for the n-grams that the candidate has; returns the norm.
  double read_reference(std::span<const SampleNgrams::Count> counts) {
    double sum = 0;
    for (const auto& [gram, count] : counts) {
      const double value = count * weight_[gram];
      sum += value * value;
      if (gram >= candidate_value_.size()) continue;
      reference_value_[gram] = value;
      common_[gram / 64] |= std::uint64_t{1} << gram % 64;
    }
    return std::sqrt(sum);
  }
  // The product of candidate and reference, summed in the candidate's order as in the reference
  // tool (the n-grams left out would add 0). Clears common_.
  template <class Trace>
  double take_product(Trace& trace) {
    double product = 0;
    for (std::size_t word = 0; word < common_.size(); ++word) {
      for (std::uint64_t bits = common_[word]; bits != 0; bits &= bits - 1) {
        const std::size_t gram = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        const double in_reference = reference_value_[gram], in_candidate = candidate_value_[gram];
        const double term =
            (clipped_ ? std::min(in_candidate, in_reference) : in_candidate) * in_reference;
        product += term;
        trace.term(gram, term);
      }
      common_[word] = 0;
    }
    return product;
  }

  const DocumentFrequencies& table_;
  const bool clipped_;
  const double log_documents_;
  std::array<double, 4096> log_;
  std::array<double, 256> penalty_;
  std::vector<double> weight_;           // inverse document frequency, by n-gram of the sample
  std::vector<std::uint32_t> repeated_;  // n-grams that may occur in several documents
  // tf-idf by n-gram of the candidate; that of the reference holds where common_ has a bit.
  std::vector<double> candidate_value_, reference_value_;
  std::vector<std::uint64_t> common_;
};

class Cider final : public MeanMetric {
 public:
  explicit Cider(CiderOptions options)
      : MeanMetric(options.clipped ? "cider" : "cider-plain", options.tokenizer),
        options_(std::move(options)) {}

  std::string signature() const override {
    const std::string source = options_.frequencies
                                   ? fmt::format("file({},{})", options_.frequencies_name,
                                                 options_.frequencies->documents())
                                   : fmt::format("corpus({})", own_.documents());
    return fmt::format("cider|variant:{}|n:4|{}df:{}|tok:{}|v:1.0.0",
                       options_.clipped ? "D" : "plain", options_.clipped ? "sigma:6|" : "", source,
                       tokenizer().name());
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
