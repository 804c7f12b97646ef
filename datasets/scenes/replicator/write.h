// The extension's files.
#pragma once

#include <string>

#include "datasets/scenes/replicator/graph.h"
#include "datasets/scenes/replicator/text/captions.h"

namespace vernier::replicator {

/// {"image_id", "kind", "width", "height", "nodes": [{"id", "label", "ai_label", "prim_path",
/// "attributes", "bbox": [x, y, width, height], "center", "level", "parent"}], "edges": [{"source",
/// "relation", "target", "distance", "margin"}]} and a line end. What is not known is left out, but
/// for labels and parents, which are null. Ids are the nodes' own where no two are equal.
std::string graph_json(const Graph& graph);

/// The same with "global_caption", "sft_qa" ([{"question", "answer"}]) and "brief_caption" where
/// they were asked for, null where they cannot be made.
std::string caption_json(const Graph& graph, const Captions& captions);

}  // namespace vernier::replicator
