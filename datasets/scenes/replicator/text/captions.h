// Captions of a scene graph by templates, where the extension asks a language model.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "datasets/scenes/replicator/graph.h"

namespace vernier::replicator {

/// Why a caption is null, or that it is not.
enum class CaptionState : std::uint8_t {
  kNotAsked,
  kWritten,
  kNoObjects,     ///< there is nothing to say
  kNotFull,       ///< questions need a graph in which what is not there does not hold
  kFullNotSaved,  ///< questions need save_full_scene_graph
};
inline constexpr std::size_t kCaptionStates = 5;
/// "not asked", "written", "no objects", "graph is not full", "full graph is not saved".
const char* caption_state_name(CaptionState state);

struct Caption {
  CaptionState state = CaptionState::kNotAsked;
  std::string text;
};

struct QuestionPair {
  std::string question, answer;
};

struct Captions {
  Caption global;  ///< a paragraph: what there is, how often, what it is like, how things stand
  Caption brief;   ///< a sentence: the three commonest things
  CaptionState questions = CaptionState::kNotAsked;
  std::vector<QuestionPair> pairs;
};

/// The captions that the options want of a full graph (select.h), the same whenever the graph is.
/// Every sentence is true of the graph, none names what is not in it.
Captions write_captions(const Graph& full, const GraphOptions& options);

}  // namespace vernier::replicator
