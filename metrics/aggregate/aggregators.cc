#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.h"
#include "metrics/aggregate/aggregator.h"
#include "metrics/bleu.h"
#include "metrics/meteor/meteor.h"
#include "metrics/sacrebleu/chrf.h"
#include "metrics/sacrebleu/sacrebleu.h"
#include "metrics/sacrebleu/ter/ter.h"
#include "metrics/text/tokenizer.h"

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
    for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = sums[i] / samples;
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

/// A metric serves as its aggregator; its tokeniser, which no row needs, is any.
std::unique_ptr<Aggregator> open_sacrebleu(std::string_view signature) {
  SacrebleuOptions options;
  if (!read(field(signature, "n"), options.max_order)) return nullptr;
  options.effective_order = field(signature, "eff") == "yes";
  const std::string_view smooth = field(signature, "smooth").value_or("");
  const std::size_t bracket = std::min(smooth.find('['), smooth.size());
  options.smoothing = smooth.substr(0, bracket);
  std::optional<std::string_view> value = field(signature, "smooth-value");
  if (!value && bracket < smooth.size()) {
    value = smooth.substr(bracket + 1, smooth.size() - bracket - 2);
  }
  double number = 0;
  if (!read(value, number)) return nullptr;
  if (value) options.smooth_value = number;
  return make_sacrebleu(std::move(options));
}

std::unique_ptr<Aggregator> open_chrf(std::string_view signature) {
  ChrfOptions options;
  if (!read(field(signature, "nc"), options.char_order) ||
      !read(field(signature, "nw"), options.word_order) ||
      !read(field(signature, "beta"), options.beta)) {
    return nullptr;
  }
  options.eps_smoothing = field(signature, "eff") == "no";
  return make_chrf(options);
}

std::unique_ptr<Aggregator> open_own(const MetricDescription& description) {
  const std::string_view name = description.name, signature = description.signature;
  if (name == "bleu") return make_bleu(text::open_tokenizer("char"));
  if (name == "meteor") return make_meteor_aggregator();
  if (name == "sacrebleu") return open_sacrebleu(signature);
  if (name.starts_with("chrf")) return open_chrf(signature);
  if (name == "ter") return make_ter({});
  return nullptr;
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
    } catch (const Error&) {  // options that no metric has
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

MetricDescription describe(const Metric& metric) {
  return {std::string(metric.name()),
          metric.signature(),
          {metric.columns().begin(), metric.columns().end()},
          {metric.score_names().begin(), metric.score_names().end()},
          std::string(metric.aggregation()),
          metric.less_is_better()};
}

}  // namespace vernier
