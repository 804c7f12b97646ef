// Two rounds of the same images, measured in any arrangement of their sides.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "judges/probes/drift/diversity.h"
#include "judges/probes/drift/measures.h"
#include "judges/probes/drift/round.h"

namespace vernier::probes::drift {

struct PairOptions {
  /// Words, pairs and triples that distinct-1, -2, -3 are taken of (diversity.h: rarefied).
  std::array<std::uint64_t, 3> samples{};
  std::uint32_t phrase_captions = 5;  ///< that have a phrase before it counts
  bool scenes = true, objects = false;
};

/// The sample sizes that a first round gives: half of what it has, so that a round of longer or
/// somewhat shorter captions is compared at the same number of words.
std::array<std::uint64_t, 3> sample_sizes(const Round& round);

using Values = std::array<double, kPairMeasures>;

/// Which side an image's captions are on: +1 as they came, -1 swapped, 0 neither.
using Sides = std::span<const std::int8_t>;

class RoundPair {
 public:
  /// Buffers of one thread.
  struct Workspace {
    std::vector<std::uint32_t> counts[2];
  };

  /// Both have the same images; the numbers of both are `numbering`'s.
  RoundPair(const Round& first, const Round& second, const Numbering& numbering,
            const PairOptions& options);

  std::size_t images() const { return sums_[0].size(); }
  /// The measures of the two sides; a divergence is in `second` alone. NaN where undefined.
  void measure(Sides sides, Workspace& work, Values& first, Values& second) const;

 private:
  /// Where in the image's words phrases begin that may be common.
  struct Place {
    std::uint32_t phrase, begin;
  };
  using ByKind = std::array<std::uint32_t, kKinds>;
  /// What both rounds together have twice at least, by numbers of its own, kind after kind; by
  /// image.
  struct Items {
    ItemLists lists;
    std::vector<ByKind> once;  ///< what they have once
    std::vector<ByKind> all;
  };

  void keep(const Round& round, int side, std::span<const std::vector<std::uint32_t>> numbers);
  struct Side;
  void count(Sides sides, int side, Workspace& work, Side& out) const;
  void measure_side(const Side& side, Values& out) const;

  PairOptions options_;
  Items items_[2];
  std::array<std::uint32_t, kKinds + 1> begins_{};  // of the numbers of each kind
  std::vector<Sums> sums_[2];
  std::vector<Place> places_[2];
  std::vector<std::uint32_t> place_begins_[2];
  Entropy entropy_;
};

/// Facts of an image in two rounds: of round 0, of another, in both.
struct FactOverlap {
  double first = 0, round = 0, both = 0;
};
std::vector<FactOverlap> fact_overlaps(const Round& first, const Round& round);
/// kCoverage and kNewFacts of sums; NaN where undefined.
double fact_measure(std::size_t measure, const FactOverlap& sums);

}  // namespace vernier::probes::drift
