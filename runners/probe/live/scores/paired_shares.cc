#include "runners/probe/live/scores/paired_shares.h"

#include <cmath>
#include <map>

#include "metrics/text/text_set.h"
#include "results/statistics/intervals/clustered_mean.h"
#include "results/statistics/student.h"
#include "results/statistics/swaps/swap_test.h"

namespace vernier {
namespace {

/// Clusters that occur, as 0, 1, ...
template <class Term>
std::vector<std::size_t> places_of(std::span<const Term> terms, std::size_t& clusters) {
  std::map<std::uint32_t, std::size_t> known;
  std::vector<std::size_t> places;
  for (const Term& term : terms) {
    places.push_back(known.try_emplace(term.cluster, known.size()).first->second);
  }
  clusters = known.size();
  return places;
}

ClusteredMean mean_of(const ClusterTable& table, const LiveStatistics& options) {
  return clustered_mean(table, options.alpha, {options.resamples, options.seed, options.threads});
}

void set_exact_bounds(RightShare& share, double alpha) {
  // Clopper and Pearson 1934: all of n cases, or none.
  const double bound = std::pow(alpha / 2, 1 / static_cast<double>(share.clusters));
  share.low = share.value > 0.5 ? bound : 0;
  share.high = share.value > 0.5 ? 1 : 1 - bound;
}

}  // namespace

RightShare right_share(std::span<const RightTerm> terms, const LiveStatistics& options) {
  RightShare out;
  std::size_t clusters = 0;
  const std::vector<std::size_t> places = places_of(terms, clusters);
  out.questions = terms.size();
  out.clusters = clusters;
  if (terms.empty()) return out;
  ClusterTable table(clusters, 2);
  std::uint64_t right = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    table.row(places[i])[0] += terms[i].right ? 1 : 0;
    table.row(places[i])[1] += 1;
    right += terms[i].right;
  }
  out.value = static_cast<double>(right) / static_cast<double>(terms.size());
  if (right == 0 || right == terms.size()) {
    set_exact_bounds(out, options.alpha);
    return out;
  }
  const ClusteredMean mean = mean_of(table, options);
  out.low = mean.low;
  out.high = mean.high;
  return out;
}

double p_above_commonest(std::span<const RightTerm> terms) {
  std::size_t clusters = 0;
  const std::vector<std::size_t> places = places_of(terms, clusters);
  if (clusters < 2) return std::numeric_limits<double>::quiet_NaN();
  double mean = 0;
  const auto n = static_cast<double>(terms.size());
  const auto difference = [](const RightTerm& term) {
    return static_cast<double>(term.right) - static_cast<double>(term.commonest);
  };
  for (const RightTerm& term : terms) mean += difference(term) / n;
  if (std::abs(mean) < 1e-12) return 1;
  std::vector<double> off(clusters);
  for (std::size_t i = 0; i < terms.size(); ++i) off[places[i]] += difference(terms[i]) - mean;
  double squares = 0;
  for (const double one : off) squares += one * one;
  const auto cases = static_cast<double>(clusters);
  const double error = std::sqrt(squares * cases / (cases - 1)) / n;
  if (error < 1e-12) return mean > 0 ? 0 : 1;
  const double both = student_p(mean / error, cases - 1);
  return mean > 0 ? both / 2 : 1 - both / 2;
}

PairedChange paired_change(std::span<const PairedTerm> terms, const LiveStatistics& options) {
  PairedChange out;
  std::size_t clusters = 0;
  const std::vector<std::size_t> places = places_of(terms, clusters);
  out.questions = terms.size();
  out.clusters = clusters;
  if (terms.empty()) return out;
  ClusterTable table(clusters, 2);
  std::vector<double> differences(clusters);
  double first = 0, second = 0;
  const auto n = static_cast<double>(terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    first += terms[i].first ? 1 : 0;
    second += terms[i].second ? 1 : 0;
    const double difference =
        static_cast<double>(terms[i].first) - static_cast<double>(terms[i].second);
    table.row(places[i])[0] += difference;
    table.row(places[i])[1] += 1;
    differences[places[i]] += difference;
  }
  out.first = first / n;
  out.second = second / n;
  out.change = (first - second) / n;
  if (clusters < 2) return out;
  const ClusteredMean mean = mean_of(table, options);
  out.low = mean.low;
  out.high = mean.high;
  const std::vector<Tail> tails = {Tail::kBoth};
  const auto make = [&]() -> PairStatistics {
    return [&differences, n](Arrangement signs, std::span<double> values) {
      double sum = 0;
      for (std::size_t c = 0; c < differences.size(); ++c) sum += signs[c] * differences[c];
      values[0] = sum / n;
    };
  };
  out.p = swap_test(clusters, tails, make, {options.draws, options.seed, options.threads})[0].p;
  return out;
}

std::vector<std::uint32_t> numbers_of(std::span<const std::string> texts) {
  text::TextMap<std::uint32_t> known;
  std::vector<std::uint32_t> numbers;
  for (const std::string& text : texts) {
    numbers.push_back(
        known.try_emplace(text, static_cast<std::uint32_t>(known.size())).first->second);
  }
  return numbers;
}

}  // namespace vernier
