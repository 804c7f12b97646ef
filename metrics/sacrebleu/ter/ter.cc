#include "metrics/sacrebleu/ter/ter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "metrics/sacrebleu/reference_count.h"
#include "metrics/sacrebleu/ter/shift_edits.h"

namespace vernier {
namespace {

constexpr std::array<std::string_view, 1> kScores = {"ter"};
constexpr std::array<std::string_view, 2> kColumns = {"edits", "reference_length"};

class TerWorker final : public MetricWorker {
 public:
  void measure(const SampleView& sample, std::span<double> row) override {
    std::uint64_t best = std::numeric_limits<std::uint64_t>::max(), words = 0;
    for (const auto& reference : sample.references) {
      best = std::min(best, edits_.count(sample.candidate, reference));
      words += reference.size();
    }
    row[0] = static_cast<double>(best);
    row[1] = static_cast<double>(words) / static_cast<double>(sample.references.size());
  }

 private:
  ShiftEdits edits_;
};

class Ter final : public Metric {
 public:
  explicit Ter(text::TercomOptions options)
      : options_(options),
        tokenizer_(text::make_tercom_tokenizer(options)),
        reference_tokenizer_(text::make_tercom_reference_tokenizer(options)) {}

  std::string_view name() const override { return kScores[0]; }
  const text::Tokenizer& tokenizer() const override { return *tokenizer_; }
  const text::Tokenizer& reference_tokenizer() const override { return *reference_tokenizer_; }
  std::span<const std::string_view> columns() const override { return kColumns; }
  std::span<const std::string_view> score_names() const override { return kScores; }
  bool less_is_better() const override { return true; }
  std::string signature() const override {
    const auto yes_no = [](bool value) { return value ? "yes" : "no"; };
    return fmt::format(
        "ter|nrefs:{}|case:{}|tok:tercom|norm:{}|punct:{}|asian:{}|version:2.6.0|v:1.0.0",
        references_.text(), options_.case_sensitive ? "mixed" : "lc", yes_no(options_.normalized),
        yes_no(!options_.no_punct), yes_no(options_.asian_support));
  }
  std::unique_ptr<MetricObserver> make_observer(const Vocabulary&) override {
    return references_.make_observer();
  }
  std::unique_ptr<MetricWorker> make_worker(const Vocabulary&) const override {
    return std::make_unique<TerWorker>();
  }
  void aggregate(std::span<const double> sums, double, std::span<double> scores) const override {
    if (sums[1] > 0) {
      scores[0] = 100 * (sums[0] / sums[1]);
    } else {
      scores[0] = sums[0] > 0 ? 100 : 0;
    }
  }

 private:
  const text::TercomOptions options_;
  const std::unique_ptr<const text::Tokenizer> tokenizer_, reference_tokenizer_;
  ReferenceCount references_;
};

}  // namespace

std::unique_ptr<Metric> make_ter(text::TercomOptions options) {
  return std::make_unique<Ter>(options);
}

}  // namespace vernier
