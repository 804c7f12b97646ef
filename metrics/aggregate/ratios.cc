#include "metrics/aggregate/ratios.h"

#include <array>
#include <limits>

namespace vernier {
namespace {

/// scale * column `part` / column `whole`.
struct Ratio {
  std::size_t part, whole;
  double scale;
};

struct Ratios {
  std::string_view name;
  std::array<std::string_view, 4> columns;
  std::array<std::string_view, 2> scores;
  std::array<Ratio, 2> ratios;
  bool less_is_better;
};

constexpr Ratios kRatios[] = {
    {"chair",
     {"captions", "hallucinated_captions", "mentions", "hallucinated_mentions"},
     {"chair-s", "chair-i"},
     {{{1, 0, 100}, {3, 2, 100}}},
     true},
    {"chair-coverage",
     {"captions", "objects", "recalled_objects", "tokens"},
     {"recall", "len"},
     {{{2, 1, 100}, {3, 0, 1}}},
     false}};

class RatioAggregator final : public Aggregator {
 public:
  explicit RatioAggregator(const Ratios& ratios) : ratios_(ratios) {}
  std::string_view name() const override { return ratios_.name; }
  std::span<const std::string_view> columns() const override { return ratios_.columns; }
  std::span<const std::string_view> score_names() const override { return ratios_.scores; }
  bool less_is_better() const override { return ratios_.less_is_better; }
  void aggregate(std::span<const double> sums, double /*samples*/,
                 std::span<double> scores) const override {
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const auto& [part, whole, scale] = ratios_.ratios[i];
      scores[i] = sums[whole] == 0 ? std::numeric_limits<double>::quiet_NaN()
                                   : scale * sums[part] / sums[whole];
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
