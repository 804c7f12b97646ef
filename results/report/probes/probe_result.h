// What `vernier probe NAME -f json` printed, read again.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "results/report/printed/printed_json.h"

namespace vernier::report {

struct ProbeResult {
  std::string file;                  ///< its name without folders
  std::string probe;                 ///< NAME of the schema vernier.probe.NAME/1: a-z, 0-9, "-"
  std::string kind;                  ///< member "kind": several sorts of data that one probe takes
  std::string signature;             ///< empty where it has none
  std::unique_ptr<const Json> json;  ///< an object

  const Json& document() const { return *json; }
};

/// Throws Error(kUsage) where the file cannot be opened, Error(kBadInput), naming file and line,
/// where it is no JSON or of another schema.
ProbeResult read_probe_result(const std::string& path);

/// Results of one probe and kind in the order given, probes in the order of their first.
using ProbeGroup = std::vector<const ProbeResult*>;
std::vector<ProbeGroup> group_by_probe(std::span<const ProbeResult> results);

/// "CHAIR: objects that captions invent", with its kind; the name itself where nothing is known of
/// it.
std::string probe_title(const ProbeResult& result);

}  // namespace vernier::report
