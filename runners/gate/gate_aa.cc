// The A/A check for people and machines.
#include <fmt/format.h>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/gate/gate_output.h"
#include "runners/output/text_table.h"

namespace vernier {

std::string aa_table(const AaCheck& check, bool markdown) {
  TextRows rows = {{"score", "alpha", "false alarms", "expected"}};
  for (const AaRule& rule : check.rules) {
    rows.push_back({printable(rule.metric, 60), fmt::format("{:g}", rule.alpha),
                    fmt::format("{} of {}", rule.alarms, check.trials),
                    fmt::format("{} to {}", rule.least, rule.most)});
  }
  std::string out = markdown ? markdown_table(rows, "lrrr") : text_table(rows, "lrrr");
  out += fmt::format("\n{} trials of {} samples in {} clusters, {} resamples each\n", check.trials,
                     check.samples, check.clusters, check.resamples);
  out += check.passed() ? "A/A check: passed\n"
                        : "A/A check: FAILED: the gate announces regressions where there are none; "
                          "do not trust it on these runs\n";
  return out;
}

std::string aa_json(const AaCheck& check) {
  std::string out = "{\"schema\":\"vernier.aa/1\"";
  append_json_key(out, "passed");
  out += check.passed() ? "true" : "false";
  append_json_count(out, "trials", check.trials);
  append_json_count(out, "samples", check.samples);
  append_json_count(out, "clusters", check.clusters);
  append_json_count(out, "resamples", check.resamples);
  out += ",\n\"rules\":[";
  for (const AaRule& rule : check.rules) {
    out += out.back() == '[' ? "{" : ",\n{";
    append_json_member(out, "metric", rule.metric);
    append_json_member(out, "alpha", rule.alpha);
    append_json_count(out, "alarms", rule.alarms);
    append_json_count(out, "least", rule.least);
    append_json_count(out, "most", rule.most);
    out.push_back('}');
  }
  return out + "]}\n";
}

}  // namespace vernier
