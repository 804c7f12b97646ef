// Numbers of a comparison that several outputs show.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/precision/checkpoints/checkpoints_study.h"

namespace vernier {

/// Answers to one kind of question, or to all.
struct KindFlips {
  std::string kind;
  std::uint64_t questions = 0, right_a = 0, right_b = 0;
  std::uint64_t broken = 0, repaired = 0;  ///< right -> wrong, wrong -> right
  std::uint64_t changed = 0;               ///< another answer, right or wrong
  double p = 1;                            ///< McNemar
};
/// Kinds in their order; with several the last is "all".
std::vector<KindFlips> kind_flips(const LevelRuns& answers);

struct CaptionAgreement {
  std::uint64_t pictures = 0, equal = 0, failed = 0;
  /// Of captions that differ: tokens before the first difference, and a's gap between the two
  /// likeliest tokens there (nats); NaN without such captions.
  double median_common = 0, mean_common = 0, median_gap = 0;
  std::uint64_t near_ties = 0;  ///< of them, those with a gap below kNearTie
  static constexpr double kNearTie = 0.1;
};
CaptionAgreement caption_agreement(const CaptionLevel& level);

/// Mean bits of a weight of the language model's layers, scales and zero points included.
double layer_bits(const CheckpointFacts& facts);

/// The score of a level's runs, null where it has none.
const ScoreDifference* find_score(const LevelRuns* runs, std::string_view name);

}  // namespace vernier
