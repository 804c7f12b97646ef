#include "metrics/aggregate/ratios.h"

#include <algorithm>
#include <array>
#include <limits>

namespace vernier {
namespace {

constexpr std::size_t kMostColumns = 6, kMostScores = 4;
using Weights = std::array<double, kMostColumns>;  // by column

/// scale * (weighted sum of columns) / (weighted sum of columns).
struct Ratio {
  Weights part, whole;
  double scale = 1;
  unsigned needs = 0;  ///< bits of scores that must be defined as well
};

struct Ratios {
  std::string_view name;
  std::array<std::string_view, kMostColumns> columns;
  std::array<std::string_view, kMostScores> scores;
  std::array<Ratio, kMostScores> ratios;
  bool less_is_better;
};

constexpr Ratios kRatios[] = {
    {"chair",
     {"captions", "hallucinated_captions", "mentions", "hallucinated_mentions"},
     {"chair-s", "chair-i"},
     {{{{0, 1}, {1}, 100}, {{0, 0, 0, 1}, {0, 0, 1}, 100}}},
     true},
    {"chair-coverage",
     {"captions", "objects", "recalled_objects", "tokens"},
     {"recall", "len"},
     {{{{0, 0, 1}, {0, 1}, 100}, {{0, 0, 0, 1}, {1}, 1}}},
     false},
    {"amber-generative",
     {"descriptions", "hallucinated_descriptions", "mentions", "hallucinated_mentions", "targets",
      "target_hits"},
     {"chair", "hal", "cog"},
     {{{{0, 0, 0, 1}, {0, 0, 1}, 100},
       {{0, 1}, {1}, 100},
       {{0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}, 100}}},
     true},
    {"amber-coverage",
     {"descriptions", "objects", "covered_objects", "mentions"},
     {"cover", "mentions"},
     {{{{0, 0, 1}, {0, 1}, 100}, {{0, 0, 0, 1}, {1}, 1}}},
     false},
    {"yes-no",
     {"tp", "fp", "tn", "fn", "unclear_yes", "unclear_no"},
     {"accuracy", "precision", "recall", "f1"},
     {{{{1, 0, 1}, {1, 1, 1, 1, 1, 1}},
       {{1}, {1, 1}},
       {{1}, {1, 0, 0, 1, 1}},
       {{2}, {2, 1, 0, 1, 1}, 1, 0b0110}}},
     false},
    {"yes-no-habits",
     {"questions", "answers", "yes", "unclear"},
     {"yes-ratio", "unclear"},
     {{{{0, 0, 1}, {0, 1}}, {{0, 0, 0, 1}, {1}}}},
     true},
    {"mme",
     {"questions", "correct", "images", "correct_images"},
     {"acc", "acc+"},
     {{{{0, 1}, {1}, 100}, {{0, 0, 0, 1}, {0, 0, 1}, 100}}},
     false},
    {"facts",
     {"objects", "invented_objects", "attributes", "invented_attributes", "relations",
      "invented_relations"},
     {"object-hallucination", "attribute-hallucination", "relation-hallucination"},
     {{{{0, 1}, {1}, 100},
       {{0, 0, 0, 1}, {0, 0, 1}, 100},
       {{0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}, 100}}},
     true},
    {"facts-coverage",
     {"known_objects", "covered_objects", "known_attributes", "covered_attributes",
      "known_relations", "covered_relations"},
     {"object-recall", "attribute-recall", "relation-recall"},
     {{{{0, 1}, {1}, 100},
       {{0, 0, 0, 1}, {0, 0, 1}, 100},
       {{0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}, 100}}},
     false},
    {"group-words",
     {"captions", "naming", "wrong"},
     {"group-error"},
     {{{{0, 0, 1}, {0, 1}, 100}}},
     true},
    {"drift",
     {"tokens", "kl", "changed"},
     {"kl", "top-changed"},
     {{{{0, 1}, {1}}, {{0, 0, 1}, {1}}}},
     true}};

/// The names before the empty ones.
template <std::size_t n>
std::span<const std::string_view> names_in(const std::array<std::string_view, n>& names) {
  const auto end = std::ranges::find(names, std::string_view());
  return {names.data(), static_cast<std::size_t>(end - names.begin())};
}

double weighted_sum(const Weights& weights, std::span<const double> sums) {
  double total = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) total += weights[i] * sums[i];
  return total;
}

class RatioAggregator final : public Aggregator {
 public:
  explicit RatioAggregator(const Ratios& ratios) : ratios_(ratios) {}
  std::string_view name() const override { return ratios_.name; }
  std::span<const std::string_view> columns() const override { return names_in(ratios_.columns); }
  std::span<const std::string_view> score_names() const override {
    return names_in(ratios_.scores);
  }
  bool less_is_better() const override { return ratios_.less_is_better; }
  void aggregate(std::span<const double> sums, double /*samples*/,
                 std::span<double> scores) const override {
    unsigned undefined = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const Ratio& ratio = ratios_.ratios[i];
      const double whole = weighted_sum(ratio.whole, sums);
      const bool none = whole == 0 || (ratio.needs & undefined) != 0;
      undefined |= static_cast<unsigned>(none) << i;
      scores[i] = none ? std::numeric_limits<double>::quiet_NaN()
                       : ratio.scale * weighted_sum(ratio.part, sums) / whole;
    }
  }

 private:
  const Ratios& ratios_;
};

}  // namespace

std::unique_ptr<Aggregator> make_ratio_aggregator(std::string_view name) {
  for (const Ratios& ratios : kRatios) {
    if (ratios.name == name) return std::make_unique<RatioAggregator>(ratios);
  }
  return nullptr;
}

MetricDescription describe_ratios(const Aggregator& ratios, std::string signature) {
  MetricDescription description;
  description.name = ratios.name();
  description.signature = std::move(signature);
  description.columns.assign(ratios.columns().begin(), ratios.columns().end());
  description.scores.assign(ratios.score_names().begin(), ratios.score_names().end());
  description.less_is_better = ratios.less_is_better();
  return description;
}

}  // namespace vernier
