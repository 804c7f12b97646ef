// What is measured of a round of captions, and which way harm lies.
#pragma once

#include <array>
#include <cstdint>

namespace vernier::probes::drift {

enum Measure : std::uint8_t {
  kLength,
  kLengthSpread,
  kDistinct1,
  kDistinct2,
  kDistinct3,
  kEntropy,
  kWordDivergence,
  kCommonest,
  kDuplicates,
  kPhrases,
  kRepeats,
  kFactCount,
  kObjectDivergence,
  kObjectShift,
  kChairI,
  kChairS,
  kRecall,
  kPairMeasures,  ///< so many compare a round with round 0
  kCoverage = kPairMeasures,
  kNewFacts,
  kMeasures,
};

enum class Harm : std::uint8_t { kNone, kDown, kUp, kBoth };

/// What a measure needs beside the words.
enum class Need : std::uint8_t { kWords, kScenes, kObjects };

struct MeasureInfo {
  const char* name;
  const char* what;
  Harm harm;
  Need need;
  /// Of two rounds together, rather than a value of each.
  bool divergence;
};

const MeasureInfo& measure_info(std::size_t measure);

}  // namespace vernier::probes::drift
