#include "runners/probe/probes.h"

namespace vernier {

void add_probe_command(const CommandContext& context) {
  CLI::App* probe = context.app.add_subcommand(
      "probe", "What a model invents, and what sways it: from files of its captions and answers");
  probe->require_subcommand(1);
  add_chair_probe(*probe, context);
  add_amber_probe(*probe, context);
}

}  // namespace vernier
