#include "runners/synth/replicator/graph_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/io/interrupt.h"
#include "base/json_text.h"
#include "datasets/scenes/replicator/config/graph_flags.h"
#include "datasets/scenes/replicator/read.h"
#include "runners/pipeline/ordered_pipeline.h"
#include "runners/pipeline/progress.h"
#include "runners/synth/set_folder.h"

namespace vernier {
namespace {

constexpr std::size_t kBlock = 32;  // graphs
constexpr std::size_t kLongestName = 100;

/// Letters, digits, '-', '_' and '.', and no name that means another place.
bool is_plain_name(const std::string& name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !name.empty() && name.size() <= kLongestName && name.front() != '.' &&
         std::ranges::all_of(name, plain);
}

struct Block {
  std::size_t begin = 0, end = 0;
  ReplicatorCounts counts;
};

}  // namespace

std::vector<std::string> view_folders(const std::vector<replicator::Graph>& graphs) {
  std::set<std::string> taken = {"synth.json"};
  std::vector<std::string> folders;
  for (const replicator::Graph& graph : graphs) {
    folders.push_back(is_plain_name(graph.id) ? graph.id : "");
    if (!folders.back().empty() && !taken.insert(graph.id).second) folders.back().clear();
  }
  for (std::size_t i = 0; i < folders.size(); ++i) {
    if (!folders[i].empty()) continue;
    std::string name = fmt::format("view_{}", i);
    while (!taken.insert(name).second) name += "_";
    folders[i] = std::move(name);
  }
  return folders;
}

std::string graph_options_json(const ReplicatorPlan& plan) {
  std::string out = "{";
  for (const replicator::GraphFlag& flag : replicator::kGraphFlags) {
    append_json_key(out, flag.name);
    out += plan.graphs.*flag.value ? "true" : "false";
  }
  append_json_member(out, "pruning_ratio", plan.graphs.pruning_ratio);
  append_json_count(out, "max_object_capacity", plan.graphs.max_object_capacity);
  append_json_member(out, "layout", plan.layout == GraphLayout::kFrames ? "frames" : "cameras");
  return out + "}";
}

ReplicatorCounts write_graph_set(const std::string& from, const std::string& folder,
                                 const ReplicatorPlan& plan, bool force, int threads,
                                 const GlobalOptions& global) {
  const replicator::GraphFileContent content = replicator::read_graphs(from);
  const std::vector<std::string> views = view_folders(content.graphs);
  open_set_folder(folder, force);
  for (const std::string& inner : graph_folders(plan)) make_set_folder(folder, inner);
  Progress progress("writing", global.quiet);
  ReplicatorCounts counts;
  std::size_t next = 0;
  ordered_pipeline<Block>(
      thread_count(threads),
      [&](Block& block) {
        block.begin = next;
        block.end = next = std::min(next + kBlock, content.graphs.size());
        return block.begin < block.end;
      },
      [&](unsigned, Block& block) {
        for (std::size_t i = block.begin; i < block.end; ++i) {
          check_interrupt();
          GraphFiles files;
          add_graph_files(plan, content.graphs[i], i, views[i], files, block.counts);
          write_graph_files(plan, folder, files);
        }
      },
      [&](const Block& block) {
        counts.add(block.counts);
        progress.update(block.end, content.graphs.size());
      });
  progress.clear();
  std::string settings = "{";
  append_json_member(settings, "schema", "vernier.synth/1");
  append_json_key(settings, "replicator");
  settings += graph_options_json(plan);
  append_json_key(settings, "counts");
  settings += replicator_counts_json(counts);
  write_file(folder + "/synth.json", settings + "}\n");
  return counts;
}

}  // namespace vernier
