// Writes a set of scenes into a folder.
#pragma once

#include "runners/commands/commands.h"
#include "runners/synth/scene_block.h"

namespace vernier {

/// The same bytes for any number of threads. Files appear complete or not at all, synth.json (the
/// options and the counts) last. Throws Error(kOutput) for a folder that holds something already,
/// unless forced.
SynthCounts write_scene_set(const SynthOptions& options, const GlobalOptions& global);

/// {"scenes", "objects", ..., "questions": {KIND: n}, "yes", "no", "no_hard"}, with "replicator"
/// where graphs were written
std::string counts_json(const SynthCounts& counts);

}  // namespace vernier
