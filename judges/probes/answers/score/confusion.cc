#include "judges/probes/answers/score/confusion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace vernier::probes {
namespace {

constexpr std::size_t kRates = std::size(kRateNames);

/// Numerator and denominator of each rate; sums of these over answers are those of the counts.
struct Sums {
  std::array<double, kRates> part{}, whole{};

  double ratio(std::size_t n) const {
    return whole[n] == 0 ? std::numeric_limits<double>::quiet_NaN() : part[n] / whole[n];
  }
};

Sums sums(const Confusion& counts, UnclearPolicy policy) {
  const bool wrong = policy == UnclearPolicy::kWrong;
  const auto d = [](std::uint64_t count) { return static_cast<double>(count); };
  const double n = d(wrong ? counts.n() : counts.read());
  const double missed = d(counts.fn + (wrong ? counts.unclear_yes : 0));
  const double tp = d(counts.tp), fp = d(counts.fp);
  Sums out;
  out.part = {tp + d(counts.tn), tp, tp, 2 * tp, tp + fp};
  out.whole = {n, tp + fp, tp + missed, 2 * tp + fp + missed, n};
  return out;
}

Rates as_rates(const std::array<double, kRates>& values) {
  return {values[0], values[1], values[2], values[3], values[4]};
}

}  // namespace

void Confusion::add(bool positive, Verdict verdict) {
  if (verdict == Verdict::kUnclear) {
    ++(positive ? unclear_yes : unclear_no);
  } else if (verdict == Verdict::kYes) {
    ++(positive ? tp : fp);
  } else {
    ++(positive ? fn : tn);
  }
}

void Confusion::add(const Confusion& other) {
  tp += other.tp;
  fp += other.fp;
  tn += other.tn;
  fn += other.fn;
  unclear_yes += other.unclear_yes;
  unclear_no += other.unclear_no;
}

Confusion Confusion::best() const { return {tp + unclear_yes, fp, tn + unclear_no, fn, 0, 0}; }

Confusion Confusion::worst() const { return {tp, fp + unclear_no, tn, fn + unclear_yes, 0, 0}; }

double rate(const Rates& rates, std::size_t n) {
  return std::array{rates.accuracy, rates.precision, rates.recall, rates.f1, rates.yes_ratio}[n];
}

Rates rates(const Confusion& counts, UnclearPolicy policy) {
  const Sums all = sums(counts, policy);
  std::array<double, kRates> values{};
  for (std::size_t n = 0; n < kRates; ++n) values[n] = all.ratio(n);
  if (std::isnan(values[1]) || std::isnan(values[2])) values[3] = std::nan("");
  return as_rates(values);
}

std::vector<UndefinedRate> undefined_rates(const Confusion& counts, UnclearPolicy policy) {
  const Rates values = rates(counts, policy);
  std::vector<UndefinedRate> out;
  const auto note = [&](std::size_t n, const char* reason) {
    if (std::isnan(rate(values, n))) out.push_back({kRateNames[n], reason});
  };
  const bool none = std::isnan(values.accuracy);
  note(0, "no answer could be read");
  note(1, none ? "no answer could be read" : "no answer says yes");
  note(2, none ? "no answer could be read" : "no question has the answer yes");
  note(3, std::isnan(values.precision) ? "precision is undefined" : "recall is undefined");
  note(4, "no answer could be read");
  return out;
}

Confusion confusion(std::span<const YesNoOutcome> outcomes) {
  Confusion counts;
  for (const YesNoOutcome& outcome : outcomes) counts.add(outcome.positive, outcome.verdict);
  return counts;
}

Rates clustered_errors(std::span<const YesNoOutcome> outcomes, UnclearPolicy policy) {
  const Confusion counts = confusion(outcomes);
  const Sums all = sums(counts, policy);
  const Rates values = rates(counts, policy);
  std::uint32_t clusters = 0;
  for (const YesNoOutcome& outcome : outcomes) clusters = std::max(clusters, outcome.cluster + 1);
  std::vector<Confusion> by_cluster(clusters);
  for (const YesNoOutcome& outcome : outcomes) {
    by_cluster[outcome.cluster].add(outcome.positive, outcome.verdict);
  }
  std::array<double, kRates> errors{};
  for (const Confusion& cluster : by_cluster) {
    const Sums own = sums(cluster, policy);
    for (std::size_t n = 0; n < kRates; ++n) {
      const double off = own.part[n] - rate(values, n) * own.whole[n];
      errors[n] += off * off;
    }
  }
  for (std::size_t n = 0; n < kRates; ++n) errors[n] = std::sqrt(errors[n]) / all.whole[n];
  return as_rates(errors);
}

std::string_view yes_bias(const Confusion& counts) {
  const std::uint64_t yes = counts.tp + counts.fp, no = counts.tn + counts.fn;
  // With one kind of question only, a perfect model would say one thing.
  if (counts.tp + counts.fn == 0 || counts.fp + counts.tn == 0) return "";
  if (no == 0) return "always-yes";
  if (yes == 0) return "always-no";
  if (20 * no <= counts.read()) return "mostly-yes";
  if (20 * yes <= counts.read()) return "mostly-no";
  return "";
}

}  // namespace vernier::probes
