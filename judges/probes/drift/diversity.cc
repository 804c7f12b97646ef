#include "judges/probes/drift/diversity.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vernier::probes::drift {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// By count: the probability that none of so many are in the sample, up to where it vanishes.
std::vector<double> missed(std::uint64_t total, std::uint64_t sample) {
  constexpr double kVanishes = 1e-17;
  std::vector<double> none = {1};
  const auto all = static_cast<double>(total), rest = static_cast<double>(total - sample);
  while (none.back() > kVanishes) {
    const auto n = static_cast<double>(none.size() - 1);
    none.push_back(n < rest ? none.back() * ((rest - n) / (all - n)) : 0);
  }
  return none;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// p log2(p / m), 0 for p = 0.
double surprise(double p, double m) { return p > 0 ? p * std::log2(p / m) : 0; }

}  // namespace

double rarefied(const Tally& tally, std::uint64_t sample) {
  const bool all = sample >= tally.total;
  const std::vector<double> none = all ? std::vector<double>{1, 0} : missed(tally.total, sample);
  double found = static_cast<double>(tally.once) * (1 - none[1]);
  for (const std::uint32_t count : tally.counts) {
    found += 1 - none[std::min<std::size_t>(count, none.size() - 1)];
  }
  return found;
}

Entropy::Entropy(std::size_t largest) : terms_(largest + 1) {
  for (std::size_t n = 2; n <= largest; ++n) {
    terms_[n] = static_cast<double>(n) * std::log2(static_cast<double>(n));
  }
}

double Entropy::bits(const Tally& tally) const {
  if (tally.total == 0) return kNaN;
  double sum = 0;
  for (const std::uint32_t count : tally.counts) sum += terms_[count];
  const auto total = static_cast<double>(tally.total);
  return std::log2(total) - sum / total;
}

double jensen_shannon(const Tally& a, const Tally& b) {
  if (a.total == 0 || b.total == 0) return kNaN;
  double sum = share(a.once, a.total) + share(b.once, b.total);
  for (std::size_t i = 0; i < a.counts.size(); ++i) {
    const double p = share(a.counts[i], a.total), q = share(b.counts[i], b.total);
    const double m = (p + q) / 2;
    sum += surprise(p, m) + surprise(q, m);
  }
  return sum / 2;
}

double largest_shift(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double before = a[i], after = b[i];
    if (before + after == 0) continue;
    largest = std::max(largest, std::abs(after - before) / std::sqrt(before + after));
  }
  return largest;
}

}  // namespace vernier::probes::drift
