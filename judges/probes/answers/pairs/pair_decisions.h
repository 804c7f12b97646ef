// Decisions of a judge that saw each pair of answers in both orders.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/objects/object_file.h"

namespace vernier::probes {

/// +1: the answer shown first is better, -1: the second, 0: a tie.
using Preference = int;

struct PairDecision {
  std::string id, subset;
  Preference label = 0;  ///< of the original order
  /// As the judge saw it, in each order; nothing where it gave no decision.
  std::optional<Preference> original, swapped;
  std::optional<std::uint64_t> length_a, length_b;  ///< code points, where the texts are there
};

struct PairFile {
  std::vector<PairDecision> pairs;
  std::uint64_t duplicates = 0;  ///< pairs that came again, equal
  std::uint64_t unreadable = 0;  ///< decisions that are there but none of the known forms
};

/// Whether records look like these: a label, and decisions or judgments.
bool are_pair_decisions(const ObjectFile& file);

/// A table or JSON with `pair_id`, `source`, `label`, and `decision_original_order` and
/// `decision_swapped_order`, or JudgeBench's own `judgments` (a list of two objects with
/// `decision`; null is no decision). Decisions are A>B, B>A, A=B; A>>B, [[A>B]], A<B, "A", "B" and
/// "tie" mean the same. A decision of another form counts as missing and as unreadable; a label of
/// another form is refused, as is a pair twice with different decisions. `response_A` and
/// `response_B` (or `length_a` and `length_b`) give the lengths. Throws Error(kBadInput),
/// FILE:LINE:.
PairFile read_pair_decisions(const ObjectFile& file);

/// The group of a source in JudgeBench's table: knowledge (mmlu-pro-*), reasoning
/// (livebench-reasoning), math (livebench-math), coding (livecodebench); else the source itself.
std::string subset_of(std::string_view source);

/// Nothing for what is no decision.
std::optional<Preference> parse_preference(std::string_view text);

}  // namespace vernier::probes
