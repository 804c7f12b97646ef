#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.h"
#include "metrics/aggregate/aggregator.h"
#include "metrics/meteor/meteor.h"
#include "metrics/registry.h"

namespace vernier {
namespace {

class MeanAggregator final : public Aggregator {
 public:
  explicit MeanAggregator(MetricDescription description) : description_(std::move(description)) {
    columns_.assign(description_.columns.begin(), description_.columns.end());
    scores_.assign(description_.scores.begin(), description_.scores.end());
  }
  std::string_view name() const override { return description_.name; }
  std::span<const std::string_view> columns() const override { return columns_; }
  std::span<const std::string_view> score_names() const override { return scores_; }
  bool less_is_better() const override { return description_.less_is_better; }
  void aggregate(std::span<const double> sums, double samples,
                 std::span<double> scores) const override {
    mean_of_columns(sums, samples, scores);
  }

 private:
  MetricDescription description_;
  std::vector<std::string_view> columns_, scores_;
};

/// The value of KEY:VALUE in a signature.
std::optional<std::string_view> field(std::string_view signature, std::string_view key) {
  while (!signature.empty()) {
    const std::size_t end = std::min(signature.find('|'), signature.size());
    const std::string_view part = signature.substr(0, end);
    if (part.size() > key.size() && part.starts_with(key) && part[key.size()] == ':') {
      return part.substr(key.size() + 1);
    }
    signature.remove_prefix(std::min(end + 1, signature.size()));
  }
  return std::nullopt;
}

template <class Number>
bool read(std::optional<std::string_view> text, Number& value) {
  if (!text) return true;  // the usual value stays
  const char* const end = text->data() + text->size();
  const auto result = std::from_chars(text->data(), end, value);
  return result.ec == std::errc() && result.ptr == end;
}

/// The options in a signature that scores depend on once the rows are there; nothing where they
/// make no sense.
std::optional<MetricOptions> scoring_options(std::string_view signature) {
  MetricOptions options;
  SacrebleuOptions& bleu = options.sacrebleu;
  ChrfOptions& chrf = options.chrf;
  const std::optional<std::string_view> eff = field(signature, "eff");
  bleu.effective_order = eff == "yes";
  chrf.eps_smoothing = eff == "no";
  bool good = read(field(signature, "n"), bleu.max_order) &&
              read(field(signature, "nc"), chrf.char_order) &&
              read(field(signature, "beta"), chrf.beta);
  if (const std::optional<std::string_view> smooth = field(signature, "smooth")) {
    const std::size_t bracket = std::min(smooth->find('['), smooth->size());
    bleu.smoothing = smooth->substr(0, bracket);
    std::optional<std::string_view> value = field(signature, "smooth-value");
    if (!value && bracket < smooth->size()) {
      value = smooth->substr(bracket + 1, smooth->size() - bracket - 2);
    }
    if (value) good = good && read(value, bleu.smooth_value.emplace());
  }
  return good ? std::optional(options) : std::nullopt;
}

/// A metric serves as its own aggregator; only METEOR would need its data for that.
std::unique_ptr<Aggregator> open_own(const MetricDescription& description) {
  if (description.name == "meteor") return make_meteor_aggregator();
  const std::optional<MetricOptions> options = scoring_options(description.signature);
  if (!options) return nullptr;
  std::unique_ptr<Metric> metric = open_metric(description.name, *options);
  if (metric->aggregation() != "own") return nullptr;
  return metric;
}

}  // namespace

std::unique_ptr<Aggregator> open_aggregator(const MetricDescription& description) {
  std::unique_ptr<Aggregator> aggregator;
  if (description.aggregate == "mean") {
    aggregator = std::make_unique<MeanAggregator>(description);
    if (description.columns.size() != description.scores.size()) return nullptr;
  } else if (description.aggregate == "own") {
    try {
      aggregator = open_own(description);
    } catch (const Error&) {  // a name or options that no metric has
    }
  }
  const auto same = [](const std::vector<std::string>& wanted,
                       std::span<const std::string_view> known) {
    return std::equal(wanted.begin(), wanted.end(), known.begin(), known.end());
  };
  if (aggregator == nullptr || aggregator->name() != description.name ||
      !same(description.columns, aggregator->columns()) ||
      !same(description.scores, aggregator->score_names())) {
    return nullptr;
  }
  return aggregator;
}

}  // namespace vernier
