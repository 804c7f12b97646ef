#include "runners/synth/replicator/graph_files.h"

#include <fmt/format.h>

#include "base/json_text.h"
#include "datasets/scenes/replicator/select.h"
#include "datasets/scenes/replicator/write.h"
#include "runners/commands/commands.h"
#include "runners/synth/set_folder.h"

namespace vernier {
namespace {

using replicator::Captions;
using replicator::CaptionState;
using replicator::Graph;

enum class FileKind : unsigned char { kFull, kPruned, kCaption };
constexpr std::array<const char*, 3> kFrameFolders = {"caption_full_json", "caption_pruned_json",
                                                      "caption"};
constexpr std::array<const char*, 3> kFrameNames = {"scene_graph_full", "scene_graph_pruned",
                                                    "scene_graph_caption"};
constexpr std::array<const char*, 3> kCameraNames = {"full_scene_graph", "pruned_scene_graph",
                                                     "scene_graph_caption"};
constexpr std::array<const char*, 3> kCaptionKeys = {"global_caption", "sft_qa", "brief_caption"};

std::string path_of(const ReplicatorPlan& plan, FileKind kind, std::uint64_t number,
                    const std::string& folder) {
  const auto at = static_cast<std::size_t>(kind);
  return plan.layout == GraphLayout::kFrames
             ? fmt::format("{}/{}_{}.json", kFrameFolders[at], kFrameNames[at], number)
             : fmt::format("{}/Camera/Captions/{}.json", folder, kCameraNames[at]);
}

void count(const Captions& captions, ReplicatorCounts& counts) {
  const std::array<CaptionState, 3> states = {captions.global.state, captions.questions,
                                              captions.brief.state};
  for (std::size_t i = 0; i < states.size(); ++i) {
    ++counts.captions[i][static_cast<std::size_t>(states[i])];
  }
}

}  // namespace

void ReplicatorCounts::add(const ReplicatorCounts& other) {
  graphs += other.graphs;
  without_objects += other.without_objects;
  not_full += other.not_full;
  objects += other.objects;
  objects_left_out += other.objects_left_out;
  full_edges += other.full_edges;
  pruned_edges += other.pruned_edges;
  nulls_of_input += other.nulls_of_input;
  for (std::size_t i = 0; i < captions.size(); ++i) {
    for (std::size_t state = 0; state < captions[i].size(); ++state) {
      captions[i][state] += other.captions[i][state];
    }
  }
}

void add_graph_files(const ReplicatorPlan& plan, Graph graph, std::uint64_t number,
                     const std::string& folder, GraphFiles& files, ReplicatorCounts& counts) {
  const replicator::GraphOptions& options = plan.graphs;
  ++counts.graphs;
  counts.nulls_of_input += graph.null_texts;
  counts.objects_left_out += replicator::keep_largest(graph, options.max_object_capacity);
  replicator::choose_labels(graph, options);
  const Graph full = replicator::full_graph(graph);
  const Graph pruned = replicator::pruned_graph(full, options.pruning_ratio);
  counts.objects += full.nodes.size();
  counts.without_objects += full.nodes.empty();
  counts.not_full += !full.nodes.empty() && full.kind != GraphKind::kFull;
  counts.full_edges += full.edges.size();
  counts.pruned_edges += pruned.edges.size();
  const auto add = [&](FileKind kind, std::string bytes) {
    files.emplace_back(path_of(plan, kind, number, folder), std::move(bytes));
  };
  if (options.save_full_scene_graph && !full.nodes.empty()) {
    add(FileKind::kFull, replicator::graph_json(full));
  }
  if (options.save_pruned_scene_graph && !full.nodes.empty()) {
    add(FileKind::kPruned, replicator::graph_json(pruned));
  }
  if (!options.captions()) return;
  const Captions captions = replicator::write_captions(full, options);
  count(captions, counts);
  const bool only_pruned = !options.save_full_scene_graph && options.save_pruned_scene_graph;
  add(FileKind::kCaption, replicator::caption_json(only_pruned ? pruned : full, captions));
}

void write_graph_files(const ReplicatorPlan& plan, const std::string& root,
                       const GraphFiles& files) {
  for (const auto& [name, bytes] : files) {
    if (plan.layout == GraphLayout::kCameras) {
      make_set_folder(root, name.substr(0, name.rfind('/')));
    }
    write_file(fmt::format("{}/{}", root, name), bytes);
  }
}

std::vector<std::string> graph_folders(const ReplicatorPlan& plan) {
  std::vector<std::string> folders;
  if (plan.layout == GraphLayout::kCameras) return folders;
  if (plan.graphs.save_full_scene_graph) folders.emplace_back(kFrameFolders[0]);
  if (plan.graphs.save_pruned_scene_graph) folders.emplace_back(kFrameFolders[1]);
  if (plan.graphs.captions()) folders.emplace_back(kFrameFolders[2]);
  return folders;
}

std::string replicator_counts_json(const ReplicatorCounts& counts) {
  std::string out = "{";
  append_json_count(out, "graphs", counts.graphs);
  append_json_count(out, "without_objects", counts.without_objects);
  append_json_count(out, "not_full", counts.not_full);
  append_json_count(out, "objects", counts.objects);
  append_json_count(out, "objects_left_out", counts.objects_left_out);
  append_json_count(out, "full_edges", counts.full_edges);
  append_json_count(out, "pruned_edges", counts.pruned_edges);
  append_json_count(out, "nulls_of_input", counts.nulls_of_input);
  append_json_key(out, "captions");
  out.push_back('{');
  for (std::size_t i = 0; i < kCaptionKeys.size(); ++i) {
    const auto& states = counts.captions[i];
    append_json_key(out, kCaptionKeys[i]);
    out.push_back('{');
    append_json_count(out, "written", states[static_cast<std::size_t>(CaptionState::kWritten)]);
    append_json_key(out, "null");
    out.push_back('{');
    for (auto s = static_cast<std::size_t>(CaptionState::kNoObjects); s < states.size(); ++s) {
      if (states[s] == 0) continue;
      append_json_count(out, replicator::caption_state_name(static_cast<CaptionState>(s)),
                        states[s]);
    }
    out += "}}";
  }
  return out + "}}";
}

std::vector<std::pair<std::string, std::uint64_t>> replicator_count_rows(
    const ReplicatorCounts& counts) {
  std::vector<std::pair<std::string, std::uint64_t>> rows;
  const auto row = [&](std::string what, std::uint64_t number) {
    if (number > 0) rows.emplace_back(std::move(what), number);
  };
  row("graphs", counts.graphs);
  row("  of these without objects", counts.without_objects);
  row("  of these open or pruned", counts.not_full);
  row("graphs: objects", counts.objects);
  row("graphs: objects left out", counts.objects_left_out);
  row("graphs: full edges", counts.full_edges);
  row("graphs: pruned edges", counts.pruned_edges);
  for (std::size_t i = 0; i < kCaptionKeys.size(); ++i) {
    const auto& states = counts.captions[i];
    row(kCaptionKeys[i], states[static_cast<std::size_t>(CaptionState::kWritten)]);
    for (auto s = static_cast<std::size_t>(CaptionState::kNoObjects); s < states.size(); ++s) {
      row(fmt::format("{}: null, {}", kCaptionKeys[i],
                      replicator::caption_state_name(static_cast<CaptionState>(s))),
          states[s]);
    }
  }
  row("null captions in the input", counts.nulls_of_input);
  return rows;
}

}  // namespace vernier
