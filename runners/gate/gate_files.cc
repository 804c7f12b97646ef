// The gate's report for machines: JSON and JUnit XML.
#include <fmt/format.h>

#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/gate/gate_output.h"

namespace vernier {
namespace {

void optional(std::string& out, std::string_view name, const std::optional<double>& value) {
  if (value) append_json_member(out, name, *value);
}

// XML 1.0 has no place for most control characters: printable() shows them.
std::string xml(std::string_view raw) { return escape_markup(printable(raw, 4000)); }

}  // namespace

std::string gate_json(const GateReport& report) {
  std::string out = "{\"schema\":\"vernier.gate/1\"";
  append_json_member(out, "verdict", report.verdict());
  append_json_member(out, "exit_code", static_cast<int>(report.exit_code()));
  append_json_member(out, "baseline", report.baseline);
  append_json_member(out, "candidate", report.candidate);
  append_json_member(out, "policy", report.policy);
  if (!report.failure.empty()) append_json_member(out, "failure", report.failure);
  append_json_count(out, "samples", report.samples);
  append_json_count(out, "clusters", report.clusters);
  append_json_member(out, "statistics", report.statistics);
  out += ",\n\"rules\":[";
  for (const RuleResult& r : report.rules) {
    out += out.back() == '[' ? "\n{" : ",\n{";
    append_json_member(out, "metric", r.rule.metric);
    if (!r.slice.empty()) append_json_member(out, "slice", r.slice);
    append_json_count(out, "samples", r.samples);
    append_json_member(out, "verdict", verdict_name(r.verdict));
    append_json_member(out, "reason", r.reason);
    optional(out, "max_drop", r.rule.max_drop);
    optional(out, "max_drop_percent", r.rule.max_drop_percent);
    optional(out, "min_value", r.rule.min_value);
    optional(out, "max_value", r.rule.max_value);
    append_json_member(out, "alpha", r.rule.alpha);
    if (r.verdict != Verdict::kInvalid) {
      append_json_member(out, "baseline", r.baseline);
      append_json_member(out, "candidate", r.candidate);
    }
    if (r.compared) {
      append_json_member(out, "difference", r.difference);
      append_json_member(out, "ci_low", r.interval.low);
      append_json_member(out, "ci_high", r.interval.high);
      append_json_member(out, "allowed", r.allowed);
      append_json_member(out, "p", r.p);
      append_json_member(out, "p_holm", r.p_holm);
      append_json_member(out, "mde", r.detectable);
      optional(out, "clusters_wanted", r.clusters_wanted);
    }
    out.push_back('}');
  }
  return out + "]}\n";
}

std::string gate_junit(const GateReport& report) {
  std::size_t failures = 0, errors = report.failure.empty() ? 0 : 1;
  std::string cases;
  const auto add = [&](std::string_view name, std::string_view element, std::string_view type,
                       std::string_view message) {
    cases += fmt::format("    <testcase classname=\"vernier.gate\" name=\"{}\"", xml(name));
    if (element.empty()) {
      cases += fmt::format(">\n      <system-out>{}</system-out>\n    </testcase>\n", xml(message));
    } else {
      cases += fmt::format(">\n      <{0} type=\"{1}\" message=\"{2}\"/>\n    </testcase>\n",
                           element, xml(type), xml(message));
    }
  };
  if (!report.failure.empty()) add("runs", "error", "error", report.failure);
  for (std::size_t i = 0; i < report.rules.size(); ++i) {
    const RuleResult& r = report.rules[i];
    const bool tolerated =
        r.verdict == Verdict::kInconclusive && report.on_inconclusive == OnInconclusive::kPass;
    std::string_view element = "error";
    if (r.verdict == Verdict::kPass || tolerated) element = "";
    if (r.verdict == Verdict::kRegression) element = "failure";
    failures += element == "failure";
    errors += element == "error";
    add(fmt::format("rule {}: {}", i + 1, r.subject()), element, verdict_name(r.verdict), r.reason);
  }
  const std::size_t tests = report.rules.size() + (report.failure.empty() ? 0 : 1);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
      "  <testsuite name=\"vernier gate\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{}"
      "  </testsuite>\n</testsuites>\n",
      tests, failures, errors, cases);
}

}  // namespace vernier
