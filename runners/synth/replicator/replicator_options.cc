#include "runners/synth/replicator/replicator_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "base/printable.h"
#include "datasets/scenes/replicator/config/caption_config.h"

namespace vernier {

using replicator::kGraphFlags;

void add_replicator_flags(CLI::App& command, ReplicatorFlags& flags) {
  const std::string group = "Scene graphs (--write replicator, --from)";
  command
      .add_option("--config", flags.config, "YAML with the block isaacsim.replicator.caption.core")
      ->type_name("FILE")
      ->group(group);
  for (std::size_t i = 0; i < kGraphFlags.size(); ++i) {
    command
        .add_flag_function(
            fmt::format("--{}", kGraphFlags[i].name),
            [&flags, i](std::int64_t count) { flags.flags[i] = count > 0; }, kGraphFlags[i].what)
        ->group(group);
  }
  command
      .add_option("--pruning_ratio", flags.pruning_ratio,
                  "Share of the spanning tree's edges that is kept (1)")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->group(group);
  command
      .add_option("--max_object_capacity", flags.max_object_capacity,
                  "Keep so many objects, those with the largest boxes (100)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000}).description(""))
      ->group(group);
  add_choice_option<GraphLayout>(
      command, "--layout", flags.layout,
      {{"frames", GraphLayout::kFrames}, {"cameras", GraphLayout::kCameras}},
      "frames: caption_full_json/scene_graph_full_N.json, ...; cameras: "
      "ID/Camera/Captions/full_scene_graph.json, ...")
      ->group(group);
}

ReplicatorPlan replicator_plan(const ReplicatorFlags& flags, const GlobalOptions& global) {
  ReplicatorPlan plan;
  if (!flags.config.empty()) {
    const replicator::CaptionConfig config = replicator::read_caption_config(flags.config);
    plan.graphs = config.options;
    if (!config.ignored.empty()) {
      remark(global, fmt::format("{}: without meaning here: {}", printable(flags.config, 4096),
                                 fmt::join(config.ignored, ", ")));
    }
  }
  for (std::size_t i = 0; i < kGraphFlags.size(); ++i) {
    if (flags.flags[i]) plan.graphs.*kGraphFlags[i].value = *flags.flags[i];
  }
  if (flags.pruning_ratio) plan.graphs.pruning_ratio = *flags.pruning_ratio;
  if (flags.max_object_capacity) plan.graphs.max_object_capacity = *flags.max_object_capacity;
  plan.layout = flags.layout;
  return plan;
}

}  // namespace vernier
