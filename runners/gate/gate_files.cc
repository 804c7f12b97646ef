// The gate's report for machines: JSON and JUnit XML.
#include <fmt/format.h>

#include <cmath>

#include "base/json_text.h"
#include "base/printable.h"
#include "runners/gate/gate_output.h"

namespace vernier {
namespace {

void key(std::string& out, std::string_view name) {
  if (out.back() != '{' && out.back() != '[') out.push_back(',');
  append_json_string(out, name);
  out.push_back(':');
}
void text(std::string& out, std::string_view name, std::string_view value) {
  key(out, name);
  append_json_string(out, value);
}
void number(std::string& out, std::string_view name, double value) {
  key(out, name);
  append_json_number(out, value);
}
void optional(std::string& out, std::string_view name, const std::optional<double>& value) {
  if (value) number(out, name, *value);
}

// XML 1.0 has no place for most control characters: printable() shows them.
std::string xml(std::string_view raw) {
  std::string out;
  for (const char c : printable(raw, 4000)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace

std::string gate_json(const GateReport& report) {
  std::string out = "{\"schema\":\"vernier.gate/1\"";
  text(out, "verdict", report.verdict());
  number(out, "exit_code", static_cast<int>(report.exit_code()));
  text(out, "baseline", report.baseline);
  text(out, "candidate", report.candidate);
  text(out, "policy", report.policy);
  if (!report.failure.empty()) text(out, "failure", report.failure);
  number(out, "samples", static_cast<double>(report.samples));
  number(out, "clusters", static_cast<double>(report.clusters));
  text(out, "statistics", report.statistics);
  out += ",\n\"rules\":[";
  for (const RuleResult& r : report.rules) {
    out += out.back() == '[' ? "\n{" : ",\n{";
    text(out, "metric", r.rule.metric);
    text(out, "verdict", verdict_name(r.verdict));
    text(out, "reason", r.reason);
    optional(out, "max_drop", r.rule.max_drop);
    optional(out, "max_drop_percent", r.rule.max_drop_percent);
    optional(out, "min_value", r.rule.min_value);
    optional(out, "max_value", r.rule.max_value);
    number(out, "alpha", r.rule.alpha);
    if (r.verdict != Verdict::kInvalid) {
      number(out, "baseline", r.baseline);
      number(out, "candidate", r.candidate);
    }
    if (r.compared) {
      number(out, "difference", r.difference);
      number(out, "ci_low", r.interval.low);
      number(out, "ci_high", r.interval.high);
      number(out, "allowed", r.allowed);
      number(out, "p", r.p);
      number(out, "p_holm", r.p_holm);
      number(out, "mde", r.detectable);
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
    add(fmt::format("rule {}: {}", i + 1, r.rule.metric), element, verdict_name(r.verdict),
        r.reason);
  }
  const std::size_t tests = report.rules.size() + (report.failure.empty() ? 0 : 1);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
      "  <testsuite name=\"vernier gate\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n{}"
      "  </testsuite>\n</testsuites>\n",
      tests, failures, errors, cases);
}

}  // namespace vernier
