#include <CLI/CLI.hpp>

#include "runners/probe/probes.h"

namespace vernier {

void add_probe_command(const CommandContext& context) {
  CLI::App* probe = context.app.add_subcommand(
      "probe", "What a model invents, and what sways it: from files of its answers, or asking it");
  probe->require_subcommand(1);
  add_chair_probe(*probe, context);
  add_amber_probe(*probe, context);
  add_words_probe(*probe, context);
  add_position_probe(*probe, context);
  add_relations_probe(*probe, context);
  add_groups_probe(*probe, context);
  add_drift_probe(*probe, context);
  add_pope_probe(*probe, context);
  add_mme_probe(*probe, context);
  add_order_probe(*probe, context);
  add_hallusionbench_probe(*probe, context);
  add_reefknot_probe(*probe, context);
  add_rbench_probe(*probe, context);
  add_tri_he_probe(*probe, context);
  add_mmhal_probe(*probe, context);
  add_vqa_probe(*probe, context);
  add_ocr_probe(*probe, context);
  add_live_probe(*probe, context);
}

}  // namespace vernier
