// Captions of both models: how good, and where they part.
#pragma once

#include <string>
#include <vector>

#include "judges/precision/greedy_divergence.h"
#include "runners/commands/commands.h"
#include "runners/precision/checkpoints/input/checkpoints_data.h"
#include "runners/precision/checkpoints/side.h"

namespace vernier {

/// Captions by one model, into FOLDER/captions.jsonl. What is there already, of the same model and
/// pictures, stays. Throws Error(kIncomplete) where a picture gets no caption.
void write_captions(Side& side, const CheckpointsData& data, const CheckpointsOptions& options,
                    const GlobalOptions& global);

struct CaptionLevel {
  struct Picture {
    std::string image_id;
    logits::GreedyPair pair;  ///< with `equal` captions nothing but that and the texts
  };
  std::vector<Picture> pictures;
};

/// Compares what write_captions() wrote for both: scores each against the references, where there
/// are some, into runs; finds where captions that differ part.
CaptionLevel compare_captions(const SidePair& pair, const CheckpointsData& data,
                              const CheckpointsOptions& options, const GlobalOptions& global);

}  // namespace vernier
