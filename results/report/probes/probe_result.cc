#include "results/report/probes/probe_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/printable.h"
#include "results/report/html/text.h"

namespace vernier::report {
namespace {

constexpr std::string_view kSchema = "vernier.probe.", kVersion = "/1";

std::string probe_of(const std::string& name, const std::string& schema) {
  std::string_view probe = schema;
  if (probe.starts_with(kSchema) && probe.ends_with(kVersion)) {
    probe.remove_prefix(kSchema.size());
    probe.remove_suffix(kVersion.size());
    const bool plain = std::ranges::all_of(
        probe, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (plain && !probe.empty()) return std::string(probe);
  }
  refuse_printed(
      name, 1,
      fmt::format("expected the schema vernier.probe.NAME/1, found {}; --probe takes what "
                  "vernier probe NAME -f json prints, runs are named without it",
                  schema.empty() ? "none" : printable(schema, 60)));
}

}  // namespace

ProbeResult read_probe_result(const std::string& path) {
  PrintedJson printed = read_printed_json(path, "vernier probe NAME -f json", "--probe");
  ProbeResult result;
  result.file = file_name(printed.name);
  result.json = std::make_unique<const Json>(std::move(printed.document));
  result.probe = probe_of(printed.name, text_in(result.document(), "schema"));
  result.kind = text_in(result.document(), "kind");
  result.signature = text_in(result.document(), "signature");
  return result;
}

std::vector<ProbeGroup> group_by_probe(std::span<const ProbeResult> results) {
  std::vector<ProbeGroup> groups;
  for (const ProbeResult& result : results) {
    auto group = std::ranges::find_if(groups, [&](const ProbeGroup& known) {
      return known.front()->probe == result.probe && known.front()->kind == result.kind;
    });
    if (group == groups.end()) group = groups.insert(groups.end(), ProbeGroup());
    group->push_back(&result);
  }
  return groups;
}

std::string probe_title(const ProbeResult& result) {
  static const std::map<std::string_view, std::string_view> kTitles = {
      {"chair", "CHAIR: objects that captions invent"},
      {"live", "A model that was asked"},
      {"amber", "AMBER: descriptions and questions"},
      {"pope", "POPE: objects that are not there"},
      {"rbench", "Relations, yes or no"},
      {"mme", "MME: perception and cognition"},
      {"hallusionbench", "HallusionBench: figures and edited figures"},
      {"reefknot", "Reefknot: relations"},
      {"tri-he", "Tri-HE: relations that answers state"},
      {"mmhal", "MMHal-Bench: rated answers"},
      {"words", "Words that people marked as invented"},
      {"relations", "Objects, attributes and relations that captions claim"},
      {"groups", "Words for groups of people"},
      {"drift", "Drift over rounds of re-captioning"},
      {"vqa", "Short answers: VQA"},
      {"ocr", "Transcripts: OCR"},
      {"position", "Position among other images"},
      {"order", "Order of options or answers"}};
  const auto found = kTitles.find(result.probe);
  std::string title(found == kTitles.end() ? result.probe : found->second);
  return result.kind.empty() ? title : title + ", " + printable(result.kind, 60);
}

}  // namespace vernier::report
