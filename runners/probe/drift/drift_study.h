// Drift of captions over rounds of re-captioning.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "judges/probes/drift/changes.h"
#include "judges/probes/drift/measures.h"
#include "results/statistics/swaps/swap_test.h"
#include "runners/probe/drift/drift_rounds.h"

namespace vernier {

struct DriftOptions {
  DriftInputOptions input;
  DriftReadOptions read;
  SwapOptions statistics;
  double alpha = 0.05;
  std::uint32_t phrase_captions = 5;  ///< that have a phrase before it counts
  std::size_t show = 5;               ///< phrases and objects a round
};

/// One measure of one round. All NaN where undefined.
struct DriftValue {
  double value = 0;
  /// What it is held against: round 0's value; of a divergence what swapped sides give on the mean,
  /// which is noise; of facts of round 0 the value of round 1.
  double reference = 0;
  double change = 0, low = 0, high = 0;  ///< value - reference, 95 % interval
  double p = 1, corrected = 1;
  bool changed = false;  ///< corrected below alpha
  bool harmful = false;  ///< changed, and for the worse
};

struct DriftObject {
  std::string name;
  std::uint64_t before = 0, after = 0;  ///< captions
  double ratio = 0, low = 0, high = 0;  ///< 95 % for all objects together; NaN where one count is 0
};

enum class DriftVerdict : std::uint8_t {
  kOk,
  kChanged,  ///< but not for the worse
  kDrift,
};

/// How many words captions have: quantiles.
struct LengthQuantiles {
  double low = 0, median = 0, high = 0;  ///< 10 %, 50 %, 90 %
};

struct DriftRound {
  std::array<DriftValue, probes::drift::kMeasures> measures;
  DriftVerdict verdict = DriftVerdict::kOk;
  std::uint64_t captions = 0, empty = 0, vocabulary = 0, refused_sentences = 0;
  LengthQuantiles lengths;
  probes::drift::PhraseRise commonest;
  std::vector<probes::drift::PhraseRise> phrases;
  std::vector<DriftObject> risen, fallen;
};

struct DriftStudy {
  DriftInput input;
  std::vector<DriftRound> rounds;                ///< round 0 has values only
  std::size_t first_bad = 0;                     ///< the first round that drifted; 0: none
  std::map<std::string, std::string> undefined;  ///< by measure: why it is not there
  std::array<std::uint64_t, 3> samples{};        ///< of distinct-1, -2, -3
  std::string signature;
};

DriftStudy study_drift(const DriftOptions& options, const GlobalOptions& global);

}  // namespace vernier
