#include "runners/probe/drift/drift_tests.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "judges/probes/drift/round_pair.h"
#include "results/statistics/normal.h"
#include "results/statistics/tests.h"

namespace vernier {
namespace {

using namespace probes::drift;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

void fill_in(const SwapTest& test, double reference, double value, DriftValue& out) {
  const double half = normal_quantile(0.975) * test.error;
  out.value = value;
  out.reference = reference;
  out.change = value - reference;
  out.low = out.change - half;
  out.high = out.change + half;
  out.p = test.p;
  out.corrected = test.corrected;
}

/// The round against round 0, sides swapped image by image.
void test_pair(const RoundPair& pair, const SwapOptions& options, DriftRound& first,
               DriftRound& round) {
  std::array<Tail, kPairMeasures> tails{};
  for (std::size_t m = 0; m < kPairMeasures; ++m) {
    tails[m] = measure_info(m).divergence ? Tail::kLarge : Tail::kBoth;
  }
  const auto tests = swap_test(
      pair.images(), tails,
      [&pair]() -> PairStatistics {
        const auto work = std::make_shared<RoundPair::Workspace>();
        return [&pair, work](Arrangement sides, std::span<double> out) {
          Values a{}, b{};
          pair.measure(sides, *work, a, b);
          for (std::size_t m = 0; m < kPairMeasures; ++m) {
            out[m] = measure_info(m).divergence ? b[m] : b[m] - a[m];
          }
        };
      },
      options);
  RoundPair::Workspace work;
  Values a{}, b{};
  pair.measure(std::vector<std::int8_t>(pair.images(), 1), work, a, b);
  for (std::size_t m = 0; m < kPairMeasures; ++m) {
    const double reference = measure_info(m).divergence ? tests[m].expected : a[m];
    fill_in(tests[m], reference, b[m], round.measures[m]);
    first.measures[m].value = measure_info(m).divergence ? kNaN : a[m];
  }
}

/// What of round 0 is said again tells nothing of one round alone: two people agree on a third of
/// their facts. So a round is held against round 1, sides swapped between these two.
void test_facts(const std::vector<FactOverlap>& before, const std::vector<FactOverlap>& now,
                const SwapOptions& options, DriftRound& round) {
  const std::array<Tail, 2> tails = {Tail::kBoth, Tail::kBoth};
  const auto sums = [&](Arrangement sides, bool second) {
    FactOverlap sum;
    for (std::size_t i = 0; i < sides.size(); ++i) {
      if (sides[i] == 0) continue;
      const FactOverlap& one = (second == (sides[i] > 0) ? now : before)[i];
      sum.first += one.first;
      sum.round += one.round;
      sum.both += one.both;
    }
    return sum;
  };
  const auto tests = swap_test(
      now.size(), tails,
      [&sums]() -> PairStatistics {
        return [&sums](Arrangement sides, std::span<double> out) {
          const FactOverlap a = sums(sides, false), b = sums(sides, true);
          out[0] = fact_measure(kCoverage, b) - fact_measure(kCoverage, a);
          out[1] = fact_measure(kNewFacts, b) - fact_measure(kNewFacts, a);
        };
      },
      options);
  const std::vector<std::int8_t> as_is(now.size(), 1);
  for (std::size_t n = 0; n < 2; ++n) {
    fill_in(tests[n], fact_measure(kCoverage + n, sums(as_is, false)),
            fact_measure(kCoverage + n, sums(as_is, true)), round.measures[kCoverage + n]);
  }
}

bool is_harmful(std::size_t measure, const DriftValue& value) {
  // Somewhat longer or shorter captions are no harm.
  constexpr double kLengthMatters = 0.1;
  switch (measure_info(measure).harm) {
    case Harm::kDown:
      return value.change < 0;
    case Harm::kUp:
      return value.change > 0;
    case Harm::kBoth:
      return std::abs(value.change) > kLengthMatters * value.reference;
    case Harm::kNone:
      break;
  }
  return false;
}

/// Corrects for the two families of a round and for the number of rounds (Holm), and judges.
void judge(std::vector<DriftRound>& rounds, bool facts, double alpha) {
  std::vector<double> least;  // by round from 1
  for (std::size_t r = 1; r < rounds.size(); ++r) {
    const double families = facts && r > 1 ? 2 : 1;
    double p = 1;
    for (DriftValue& value : rounds[r].measures) {
      value.corrected = std::min(1.0, value.corrected * families);  // NaN stays NaN
      if (!std::isnan(value.corrected)) p = std::min(p, value.corrected);
    }
    least.push_back(p);
  }
  const std::vector<double> corrected = holm(least);
  for (std::size_t r = 1; r < rounds.size(); ++r) {
    const double factor = corrected[r - 1] / least[r - 1];
    for (std::size_t m = 0; m < kMeasures; ++m) {
      DriftValue& value = rounds[r].measures[m];
      if (std::isnan(value.corrected)) continue;
      value.corrected = std::min(1.0, value.corrected * factor);
      value.changed = value.corrected <= alpha;
      value.harmful = value.changed && is_harmful(m, value);
      if (value.harmful) rounds[r].verdict = DriftVerdict::kDrift;
      if (value.changed && rounds[r].verdict == DriftVerdict::kOk) {
        rounds[r].verdict = DriftVerdict::kChanged;
      }
    }
  }
}

}  // namespace

void test_rounds(const DriftRounds& read, const DriftOptions& options, DriftStudy& study) {
  PairOptions pairing;
  pairing.samples = study.samples = sample_sizes(read.rounds[0]);
  pairing.phrase_captions = options.phrase_captions;
  pairing.scenes = options.read.scenes;
  pairing.objects = options.read.objects.given();
  std::vector<FactOverlap> before;
  constexpr DriftValue kNothing = {kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN};
  for (DriftRound& round : study.rounds) round.measures.fill(kNothing);
  for (std::size_t r = 1; r < read.rounds.size(); ++r) {
    DriftRound& round = study.rounds[r];
    const RoundPair pair(read.rounds[0], read.rounds[r], read.numbering, pairing);
    test_pair(pair, options.statistics, study.rounds[0], round);
    if (!pairing.scenes) continue;
    std::vector<FactOverlap> now = fact_overlaps(read.rounds[0], read.rounds[r]);
    if (r > 1) {
      test_facts(before, now, options.statistics, round);
      continue;
    }
    FactOverlap sum;
    for (const FactOverlap& one : now) {
      sum.first += one.first;
      sum.round += one.round;
      sum.both += one.both;
    }
    for (const std::size_t m : {kCoverage, kNewFacts}) {
      round.measures[m].value = fact_measure(m, sum);
    }
    before = std::move(now);
  }
  judge(study.rounds, pairing.scenes, options.alpha);
}

}  // namespace vernier
