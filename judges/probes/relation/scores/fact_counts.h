// What captions claim, summed.
#pragma once

#include <array>
#include <cstdint>

#include "judges/probes/relation/fact_judge.h"

namespace vernier::probes {

/// Sums over captions.
struct FactCounts {
  std::uint64_t captions = 0;
  std::array<std::array<std::uint64_t, kFactVerdicts>, 3> facts{};  ///< by FactKind and FactVerdict
  std::uint64_t objects = 0, objects_covered = 0;
  std::uint64_t attributes = 0, attributes_covered = 0;
  std::uint64_t relations = 0, relations_covered = 0;

  void add(const JudgedFacts& caption);
  std::uint64_t of(FactKind kind, FactVerdict verdict) const {
    return facts[static_cast<std::size_t>(kind)][static_cast<std::size_t>(verdict)];
  }
  std::uint64_t all(FactKind kind) const;
  std::uint64_t invented(FactKind kind) const;
};

/// Shares of one kind of fact; NaN where undefined.
struct ElementScores {
  double precision = 0;      ///< supported, of those that are supported or invented
  double recall = 0;         ///< of what is known, what is said
  double f1 = 0;             ///< their harmonic mean
  double hallucination = 0;  ///< invented, of those that are supported or invented
  double most = 0;           ///< the same if all that differs were invented
  double judged = 0;         ///< supported or invented, of all claims
};
ElementScores element_scores(const FactCounts& counts, FactKind kind);

}  // namespace vernier::probes
