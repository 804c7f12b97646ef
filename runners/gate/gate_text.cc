// The gate's report for people: table, Markdown, annotations.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/printable.h"
#include "runners/gate/gate_output.h"
#include "runners/output/text_table.h"

namespace vernier {
namespace {

std::string demand(const GateRule& rule) {
  std::vector<std::string> parts;
  if (rule.max_drop) {
    parts.push_back(
        fmt::format("{} {:g}", rule.as_increase ? "max_increase" : "max_drop", *rule.max_drop));
  }
  if (rule.max_drop_percent)
    parts.push_back(fmt::format("max_drop {:g} %", *rule.max_drop_percent));
  if (rule.min_value) parts.push_back(fmt::format("min_value {:g}", *rule.min_value));
  if (rule.max_value) parts.push_back(fmt::format("max_value {:g}", *rule.max_value));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string number(bool known, double value, const char* format = "{:.6f}") {
  return known && std::isfinite(value) ? fmt::format(fmt::runtime(format), value) : "-";
}

// GitHub's escapes of workflow commands.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    const bool special = c == '%' || c == '\n' || c == '\r' || (property && (c == ':' || c == ','));
    out += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return out;
}

}  // namespace

TextRows gate_rows(const GateReport& report) {
  TextRows out;
  out.push_back({"verdict", "score", "rule", "baseline", "candidate", "d", "interval", "p"});
  for (const RuleResult& r : report.rules) {
    const bool known = r.verdict != Verdict::kInvalid;
    out.push_back({std::string(verdict_name(r.verdict)), r.subject(), demand(r.rule),
                   number(known, r.baseline), number(known, r.candidate),
                   number(r.compared, r.difference, "{:+.6f}"),
                   r.compared && std::isfinite(r.interval.low)
                       ? fmt::format("[{:+.6f}, {:+.6f}]", r.interval.low, r.interval.high)
                       : "-",
                   number(r.compared, r.p, "{:.4f}")});
  }
  return out;
}

std::string gate_summary(const GateReport& report) {
  if (!report.failure.empty()) return fmt::format("gate: error: {}", report.failure);
  std::size_t counts[5] = {};
  for (const RuleResult& r : report.rules) ++counts[static_cast<std::size_t>(r.verdict)];
  std::string out = fmt::format("gate: {}", report.verdict());
  std::vector<std::string> parts;
  for (const Verdict v : {Verdict::kRegression, Verdict::kInconclusive, Verdict::kUnmeasured,
                          Verdict::kInvalid, Verdict::kPass}) {
    const std::size_t n = counts[static_cast<std::size_t>(v)];
    if (n > 0) parts.push_back(fmt::format("{} {}", n, verdict_name(v)));
  }
  return fmt::format("{} ({}; exit code {})", out, fmt::join(parts, ", "),
                     static_cast<int>(report.exit_code()));
}

std::string gate_reason(const RuleResult& result) {
  return fmt::format("{}: {}: {}", result.subject(), verdict_name(result.verdict), result.reason);
}

std::string gate_table(const GateReport& report) {
  std::string out;
  if (report.failure.empty()) {
    out += text_table(gate_rows(report), "lllrrrrr");
    out += "\n";
    for (const RuleResult& r : report.rules) {
      if (r.verdict == Verdict::kPass) continue;
      out += gate_reason(r) + "\n";
    }
    out += fmt::format("{} samples in {} clusters; {}\n", report.samples, report.clusters,
                       report.statistics);
  }
  return out + gate_summary(report) + "\n";
}

std::string gate_markdown(const GateReport& report) {
  std::string out = fmt::format("### {}\n\n`{}` against `{}`, policy `{}`\n\n",
                                markdown_text(gate_summary(report)), report.candidate,
                                report.baseline, report.policy);
  if (!report.failure.empty()) return out;
  out += markdown_table(gate_rows(report), "lllrrrrr");
  out += "\n";
  for (const RuleResult& r : report.rules) {
    out += fmt::format("- **{}** {}: {}\n", markdown_text(r.subject()), verdict_name(r.verdict),
                       markdown_text(r.reason));
  }
  return out + fmt::format("\n{} samples in {} clusters; `{}`\n", report.samples, report.clusters,
                           report.statistics);
}

std::string gate_annotations(const GateReport& report) {
  std::string out;
  const auto add = [&](std::string_view level, std::string_view title, std::string_view message) {
    out += fmt::format("::{} title={}::{}\n", level, escaped(title, true), escaped(message, false));
  };
  if (!report.failure.empty()) add("error", "vernier gate", report.failure);
  for (const RuleResult& r : report.rules) {
    if (r.verdict == Verdict::kPass) continue;
    const bool tolerated =
        r.verdict == Verdict::kInconclusive && report.on_inconclusive == OnInconclusive::kPass;
    add(tolerated ? "warning" : "error",
        fmt::format("vernier gate: {} {}", r.subject(), verdict_name(r.verdict)), r.reason);
  }
  if (out.empty()) add("notice", "vernier gate", gate_summary(report));
  return out;
}

}  // namespace vernier
