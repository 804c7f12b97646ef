// All numbers of a report, before any of them becomes text.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/compare/comparison.h"
#include "results/compare/moved_samples.h"
#include "results/estimate/run_estimates.h"
#include "results/evidence/evidence_sums.h"
#include "results/report/judge/disagreement/disagreement.h"
#include "results/report/judge/sums/judge_sums.h"
#include "results/report/report.h"
#include "results/slice/part_comparison.h"
#include "results/slice/slices.h"

namespace vernier::report {

/// A run against the first one.
struct Pair {
  std::unique_ptr<PairedRuns> runs;
  Comparison comparison;
  std::size_t main = 0;  ///< where Findings::main stands among its scores
  MovedSamples moved;    ///< all of them
  std::vector<std::vector<PartDifference>> slices;  ///< [slice][score]
  std::string judges;  ///< how the signatures of two judges of the same captions differ, or empty
};

/// Where the runs have one and the same score.
struct CommonScore {
  std::string name;
  bool less_is_better;
  std::vector<std::size_t> position;  ///< by run: among its scores
};

struct Findings {
  std::span<const Run> runs;
  std::vector<RunEstimates> whole;  ///< by run
  std::vector<Pair> pairs;          ///< of each run but the first
  std::vector<CommonScore> scores;  ///< those of every run
  std::size_t main = 0;             ///< which of `scores` headlines and rankings are about
  std::optional<Slices> slices;
  std::size_t all_slices = 0;                       ///< how many there are, shown or not
  std::vector<RunEstimates> parts;                  ///< by slice, of the first run
  std::vector<std::vector<EvidenceSums>> evidence;  ///< by run
  std::vector<JudgeSums> judged;                    ///< by run; empty where no judge left notes
  std::vector<std::optional<Disagreement>> disagreements;  ///< by run
  std::string interval_signature, slice_signature;

  /// Whether a probe says something of single words of some run.
  bool has_evidence() const;
  /// Whether a judge left notes in some run.
  bool is_judged() const;
  /// Whether some run has scores of a judge and of references.
  bool has_disagreement() const;

  /// The number in run r of sample n of the first run.
  std::size_t in_run(std::size_t r, std::size_t n) const {
    return r == 0 ? n : pairs[r - 1].runs->partner(n);
  }
  /// A common score of sample n (of the first run) in run r.
  double score(std::size_t r, std::size_t n, const CommonScore& score) const {
    return runs[r].scores(in_run(r, n))[score.position[r]];
  }
  /// Numbers of the samples by the main score of the first run, worst first; undefined ones are
  /// left out.
  std::vector<std::size_t> worst_first() const;
};

/// Slices beyond this many, the smallest, are not shown.
inline constexpr std::size_t kMostSlices = 50;

Findings find(std::span<const Run> runs, const Options& options);

}  // namespace vernier::report
