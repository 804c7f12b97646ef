#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/json_text.h"
#include "metrics/registry.h"
#include "metrics/text/tokenizer.h"
#include "runners/commands/commands.h"

namespace vernier {
namespace {

/// The sub-commands of `probe` with their descriptions.
std::vector<std::pair<std::string, std::string>> probes_of(const CLI::App& app) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const CLI::App* probe : app.get_subcommand("probe")->get_subcommands({})) {
    out.emplace_back(probe->get_name(), probe->get_description());
  }
  return out;
}

int list(const CLI::App& app, OutputFormat format) {
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
    out += "},\"probes\":{";
    for (const auto& [name, description] : probes_of(app)) {
      append_json_member(out, name, description);
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
    out += "\nprobes (vernier probe NAME)\n";
    for (const auto& [name, description] : probes_of(app)) {
      out += fmt::format("    {:<14} {}\n", name, description);
    }
  }
  print(out);
  return 0;
}

}  // namespace

void add_list_command(const CommandContext& context) {
  auto format = std::make_shared<OutputFormat>(OutputFormat::kTable);
  CLI::App* command = context.app.add_subcommand("list", "All metrics, tokenizers and probes");
  add_format_option(*command, *format, {OutputFormat::kTable, OutputFormat::kJson});
  command->callback([format, context] {
    context.action = [format, &app = context.app] { return list(app, *format); };
  });
}

}  // namespace vernier
