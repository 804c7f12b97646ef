// What a gate allows: gate.toml (docs/gate.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/statistics/intervals/interval.h"

namespace vernier {

/// One rule about one score.
struct GateRule {
  std::string metric;      ///< a score's name
  std::string by;          ///< "meta.KEY": judge every slice; empty: all samples together
  std::uint32_t line = 0;  ///< in the policy
  /// How much worse the candidate may be: on the score's scale, or in percent of the baseline's
  /// score. Absent: the rule does not compare.
  std::optional<double> max_drop, max_drop_percent;
  /// `max_drop` was given as max_increase, which suits scores where less is better only.
  bool as_increase = false;
  /// Bounds of the candidate's own score.
  std::optional<double> min_value, max_value;
  double alpha = 0.05;  ///< probability of a false alarm
  std::size_t min_samples = 1;
};

enum class OnInconclusive { kError, kPass, kFail };
enum class Correction { kNone, kHolm };

struct GatePolicy {
  std::string name;  ///< of the file
  std::vector<GateRule> rules;
  OnInconclusive on_inconclusive = OnInconclusive::kError;
  Correction correction = Correction::kNone;
  double max_empty_percent = 100;  ///< of the candidate's captions; more is a failed measurement
  std::size_t resamples = 10000;
  std::uint64_t seed = 1;
  IntervalMethod interval = IntervalMethod::kBca;
  std::string cluster_separator;
};

/// Throws Error(kUsage), naming the line, for a file that cannot be read, that is no TOML, has no
/// rule, an unknown key, or a value that makes no sense (NaN included).
GatePolicy read_policy(const std::string& path);

/// The same of a text; `name` is for messages.
GatePolicy parse_policy(std::string_view toml, const std::string& name);

/// A commented policy to start from.
std::string example_policy();

}  // namespace vernier
