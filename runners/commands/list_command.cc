#include <fmt/format.h>

#include "base/json_text.h"
#include "metrics/registry.h"
#include "metrics/text/tokenizer.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

int list(OutputFormat format) {
  std::string out;
  if (format == OutputFormat::kJson) {
    out += "{\"schema\":\"vernier.list/1\",\"metrics\":{";
    for (const MetricInfo& info : known_metrics()) {
      append_json_member(out, info.name, info.description);
    }
    out += "},\"tokenizers\":{";
    for (const auto& info : text::tokenizers()) {
      append_json_member(out, info.name, info.description);
    }
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
  auto format = std::make_shared<OutputFormat>(OutputFormat::kTable);
  CLI::App* command = context.app.add_subcommand("list", "All metrics and tokenizers");
  add_format_option(*command, *format, {OutputFormat::kTable, OutputFormat::kJson});
  command->callback([format, context] { context.action = [format] { return list(*format); }; });
}

}  // namespace vernier
