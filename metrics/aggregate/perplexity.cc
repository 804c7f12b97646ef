#include "metrics/aggregate/perplexity.h"

#include <array>
#include <cmath>
#include <limits>

namespace vernier {
namespace {

class Perplexity final : public Aggregator {
 public:
  std::string_view name() const override { return "perplexity"; }
  std::span<const std::string_view> columns() const override { return kColumns; }
  std::span<const std::string_view> score_names() const override { return kScores; }
  bool less_is_better() const override { return true; }
  void aggregate(std::span<const double> sums, double /*samples*/,
                 std::span<double> scores) const override {
    const double loss = sums[1] > 0 ? -sums[0] / sums[1] : std::numeric_limits<double>::quiet_NaN();
    scores[0] = std::exp(loss);
    scores[1] = loss;
  }

 private:
  static constexpr std::array<std::string_view, 2> kColumns = {"log-probability", "tokens"};
  static constexpr std::array<std::string_view, 2> kScores = {"perplexity", "loss"};
};

}  // namespace

std::unique_ptr<Aggregator> make_perplexity_aggregator(std::string_view name) {
  if (name != "perplexity") return nullptr;
  return std::make_unique<Perplexity>();
}

}  // namespace vernier
