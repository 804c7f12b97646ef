// Position bias over a file of captions or values of grouped images.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judges/probes/position/leakage.h"
#include "results/statistics/position/position_effects.h"
#include "runners/commands/commands.h"
#include "runners/probe/objects/object_options.h"
#include "runners/probe/position/position_input.h"

namespace vernier {

struct PositionProbeOptions {
  std::string input;
  std::vector<std::string> values;
  ObjectOptions objects;  ///< with a path of objects: CHAIR and leakage by position
  PositionOptions statistics;
};

/// One value over the positions.
struct PositionCurve {
  std::string name;
  bool less_is_better = false;
  PositionEffects effects;
};

/// A test whose corrected p is below alpha.
struct PositionVerdict {
  std::string value;  ///< or "leakage"
  std::string bias;   ///< recency, primacy, U-shape, arch, position effect, leakage
  double p = 1, corrected = 1;
};

struct PositionStudy {
  GroupedFile file;
  std::size_t orders = 0;
  bool balanced = true;
  std::vector<PositionCurve> curves;
  std::optional<probes::Leakage> leakage;
  double leakage_p = 1;
  std::vector<PositionVerdict> verdicts;
  std::string signature;
};

/// Throws Error(kIncomplete) where positions cannot be told from images.
PositionStudy study_position(const PositionProbeOptions& options, const GlobalOptions& global);

}  // namespace vernier
