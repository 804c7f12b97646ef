// What `vernier precision --model-a A --model-b B -f json` printed, read again.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "results/gate/gate.h"
#include "results/report/precision/reading/precision_levels.h"

namespace vernier::report {

/// A checkpoint as it is stored and run. NaN: not known.
struct PrecisionCheckpoint {
  std::string label;   ///< "a", "b", "b1", ...
  std::string folder;  ///< its name without the folders above it
  std::string model, precision;
  std::uint64_t bytes = 0;
  double bits = 0;  ///< of a weight of the language model's layers
  double read = std::numeric_limits<double>::quiet_NaN();  ///< tokens a second
  double written = std::numeric_limits<double>::quiet_NaN();
  double joules = std::numeric_limits<double>::quiet_NaN();  ///< a token written

  double megabytes() const { return static_cast<double>(bytes) / 1e6; }
};

/// A rule of the gate. Whichever way its score is better, `worse` is above 0 for a loss.
struct PrecisionRule {
  std::string metric, slice, reason;
  Verdict verdict = Verdict::kInvalid;
  double baseline = 0, candidate = 0;    ///< NaN: unknown
  std::optional<PrecisionNumber> worse;  ///< none: no difference was judged
  double allowed = 0;                    ///< of it
  std::optional<double> least, most;     ///< of the candidate itself
  std::optional<double> wanted;          ///< pictures to decide it
};

struct PrecisionGate {
  std::string verdict;  ///< "pass", "regression", "inconclusive" or "error"
  std::string policy, failure, statistics;
  std::uint64_t samples = 0, clusters = 0;
  std::vector<PrecisionRule> rules;

  std::size_t count(Verdict verdict) const;
  /// Null where there is none about this score of all samples.
  const PrecisionRule* rule(const std::string& metric) const;
};

struct PrecisionPair {
  PrecisionCheckpoint b;
  std::optional<PrecisionLogits> logits;
  std::optional<PrecisionCaptions> captions;
  std::optional<PrecisionAnswers> answers;
  std::optional<PrecisionVerdicts> verdicts;
  std::optional<PrecisionUnits> units;
  std::vector<std::pair<std::string, std::string>> skipped;  ///< levels with reasons
  PrecisionGate gate;
};

struct PrecisionResult {
  std::string file;  ///< its name without folders
  std::uint64_t pictures = 0, texts = 0, questions = 0, candidates = 0;
  PrecisionCheckpoint a;
  std::vector<PrecisionPair> pairs;  ///< at least one

  /// "int4 against default-model".
  std::string subject() const;
};

/// Whether a file begins as such a result does; standard input ("-") never.
bool is_precision_result(const std::string& path);

/// Throws Error(kUsage) where the file cannot be opened, Error(kBadInput), naming file and place,
/// where it is not what the command prints.
PrecisionResult read_precision_result(const std::string& path);

}  // namespace vernier::report
