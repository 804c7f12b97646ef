// The parameters of the captioning extension that are true or false, by name.
#pragma once

#include <array>

#include "datasets/scenes/replicator/graph.h"

namespace vernier::replicator {

struct GraphFlag {
  const char* name;
  bool GraphOptions::*value;
  const char* what;
};
/// The parameters that are true or false.
inline constexpr std::array<GraphFlag, 7> kGraphFlags = {
    {{"save_full_scene_graph", &GraphOptions::save_full_scene_graph, "Graphs with all edges (on)"},
     {"save_pruned_scene_graph", &GraphOptions::save_pruned_scene_graph,
      "Graphs with the edges of a spanning tree (on)"},
     {"attach_label_to_usd", &GraphOptions::attach_label_to_usd,
      "Objects without label get the last part of their path"},
     {"use_ai_label", &GraphOptions::use_ai_label, "AI labels before objects' own"},
     {"global_caption", &GraphOptions::global_caption, "Captions of a paragraph"},
     {"qa_caption", &GraphOptions::qa_caption, "Questions with answers"},
     {"brief_caption", &GraphOptions::brief_caption, "Captions of a sentence"}}};

}  // namespace vernier::replicator
