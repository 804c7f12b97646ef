// What `vernier synth` is to make.
#pragma once

#include <string>
#include <vector>

#include "datasets/scenes/language/questions/conversation.h"
#include "datasets/scenes/world/world.h"
#include "runners/synth/replicator/replicator_plan.h"

namespace vernier {

enum class SynthPart : unsigned {
  kImages,         ///< images/ID.png
  kMasks,          ///< instances/ID.png
  kArrays,         ///< images.npy, instances.npy
  kScenes,         ///< scenes.jsonl
  kCaptions,       ///< captions.jsonl, graded
  kQuestions,      ///< questions.jsonl, yes_no.jsonl
  kConversations,  ///< conversations.jsonl
  kGroups,         ///< groups.jsonl
  kNeedles,        ///< needles.jsonl
  kCoco,           ///< instances.json, captions.json
  kReplicator,     ///< replicator/: scene graphs as Isaac Sim's captioning extension writes them
};

struct SynthOptions {
  scenes::World world = scenes::full_world();
  std::uint64_t count = 100, seed = 1;
  std::string output;
  std::vector<unsigned> sides;  ///< pixels; empty: the world's
  unsigned parts = 0;           ///< bits of SynthPart
  unsigned questions = 2;       ///< of each kind and scene
  scenes::ConversationPlan conversations;
  scenes::Prompts prompts;
  std::size_t group_size = 4;
  std::size_t frames = 64, depths = 11;  ///< of needles
  ReplicatorPlan replicator;
  bool force = false;  ///< write into a folder that holds something
  int threads = 0;

  bool wants(SynthPart part) const { return (parts >> static_cast<unsigned>(part) & 1u) != 0; }
};

}  // namespace vernier
