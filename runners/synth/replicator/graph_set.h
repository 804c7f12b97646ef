// Writes the graphs of files anew.
#pragma once

#include <string>

#include "runners/commands/commands.h"
#include "runners/synth/replicator/graph_files.h"

namespace vernier {

/// Reads graphs (read_graphs) and writes full, pruned and caption files into a folder, synth.json
/// (the options and counts) last. Files appear complete or not at all, with the same bytes for any
/// number of threads. Throws what read_graphs() does, and Error(kOutput) for a folder that holds
/// something already, unless forced.
ReplicatorCounts write_graph_set(const std::string& from, const std::string& folder,
                                 const ReplicatorPlan& plan, bool force, int threads,
                                 const GlobalOptions& global);

/// {"save_full_scene_graph", ...}: the extension's parameters as they are in use.
std::string graph_options_json(const ReplicatorPlan& plan);

/// What the folders of views are called: their ids where these are plain names, else view_N.
std::vector<std::string> view_folders(const std::vector<replicator::Graph>& graphs);

}  // namespace vernier
