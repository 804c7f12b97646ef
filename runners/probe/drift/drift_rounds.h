// Reads the captions of rounds: words, facts, objects.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/drift/round.h"
#include "runners/commands/commands.h"
#include "runners/probe/drift/drift_input.h"
#include "runners/probe/objects/object_options.h"
#include "runners/probe/scenes/caption_facts.h"

namespace vernier {

struct DriftReadOptions {
  bool scenes = true;
  SceneOptions scene;
  ObjectOptions objects;  ///< with a path of objects: CHAIR
  unsigned threads = 1;
};

struct DriftRounds {
  probes::drift::Numbering numbering;
  std::vector<probes::drift::Round> rounds;
  std::string signature;  ///< of the tools
};

/// Throws Error(kBadInput) for images that the map of objects does not have.
DriftRounds read_drift_rounds(const DriftInput& input, const DriftReadOptions& options,
                              const GlobalOptions& global);

}  // namespace vernier
