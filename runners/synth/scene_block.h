// Some scenes in a row with all that is made of them, before it is written.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "datasets/scenes/language/questions/question.h"
#include "datasets/scenes/output/coco_json.h"
#include "runners/synth/replicator/graph_files.h"
#include "runners/synth/synth_options.h"

namespace vernier {

/// How much there is of what.
struct SynthCounts {
  std::uint64_t scenes = 0, objects = 0, relations = 0, captions = 0, conversations = 0;
  std::array<std::uint64_t, scenes::kQuestionKinds> questions{};
  ReplicatorCounts graphs;
  std::uint64_t yes = 0, no = 0, hard = 0;  ///< answers of yes/no questions; hard ones of the noes

  void add(const SynthCounts& other);
};

struct SceneBlock {
  std::uint64_t begin = 0, end = 0;  ///< numbers of scenes
  std::string scenes, captions, questions, yes_no, conversations;
  std::string pixels, instances;                           ///< of arrays
  std::vector<std::pair<std::string, std::string>> files;  ///< path below the folder, bytes
  GraphFiles graphs;                                       ///< below replicator/
  scenes::CocoLists coco;
  SynthCounts counts;
};

/// Draws the scenes of a block and makes all that the options want. The same for any blocks.
void fill_block(const SynthOptions& options, SceneBlock& block);

}  // namespace vernier
