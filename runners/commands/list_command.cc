#include <fmt/format.h>

#include "base/json_text.h"
#include "metrics/registry.h"
#include "metrics/text/tokenizer.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

int list(bool json) {
  std::string out;
  if (json) {
    out += "{\"schema\":\"vernier.list/1\",\"metrics\":{";
    bool first = true;
    const auto add = [&](std::string_view name, std::string_view description) {
      if (!first) out.push_back(',');
      first = false;
      append_json_string(out, name);
      out.push_back(':');
      append_json_string(out, description);
    };
    for (const MetricInfo& info : known_metrics()) add(info.name, info.description);
    out += "},\"tokenizers\":{";
    first = true;
    for (const auto& info : text::tokenizers()) add(info.name, info.description);
    out += "}}\n";
  } else {
    out += "metrics (* computed when none is named)\n";
    for (const MetricInfo& info : known_metrics()) {
      out +=
          fmt::format("  {} {:<14} {}\n", info.standard ? '*' : ' ', info.name, info.description);
    }
    out += "\ntokenizers\n";
    for (const auto& info : text::tokenizers()) {
      out += fmt::format("    {:<14} {}\n", info.name, info.description);
    }
  }
  print(out);
  return 0;
}

}  // namespace

void add_list_command(const CommandContext& context) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = context.app.add_subcommand("list", "All metrics and tokenizers");
  add_format_option(*command, *json);
  command->callback([json, context] { context.action = [json] { return list(*json); }; });
}

}  // namespace vernier
