// METEOR's sufficient statistics and the score made from them (Denkowski and Lavie 2014; Meteor
// 1.5, English, ranking task).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "metrics/meteor/alignment/aligner.h"
#include "metrics/meteor/words/line.h"

namespace vernier::meteor {

/// Where each count stands. A module has four in a row, from kFirstMatch + 4 * module: content
/// words of candidate and reference, function words of candidate and reference that it matched.
enum Count : std::size_t {
  kHypLength,
  kRefLength,
  kHypFunction,
  kRefFunction,
  kFirstMatch,
  kChunks = kFirstMatch + 4 * kModuleCount,
  kCountTotal
};

/// Counts of a segment, or sums of the counts of many.
using Statistics = std::array<double, kCountTotal>;

extern const std::array<std::string_view, kCountTotal> kCountNames;

/// Counts of a candidate aligned with a reference. A perfect segment (all words of both sides
/// matched, in one chunk) has no chunk, as where METEOR sums segments.
Statistics count_matches(const Line& candidate, const Line& reference,
                         std::span<const AlignedMatch> alignment);

/// What a score is made of: mean * (1 - penalty).
struct ScoreParts {
  double precision, recall, mean;  ///< of words by weight; the mean is a harmonic one
  double fragmentation;            ///< chunks for each matched word
  double penalty;
};
ScoreParts score_parts(std::span<const double, kCountTotal> counts);

/// The score from 0 to 1; 0 where it is undefined.
double meteor_score(std::span<const double, kCountTotal> counts);

}  // namespace vernier::meteor
