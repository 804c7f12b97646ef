#include <fmt/format.h>

#include <cmath>

#include "base/json_text.h"
#include "runners/judge/audit/audit_study.h"
#include "runners/output/text_table.h"

namespace vernier {
namespace {

std::string number(double value) {
  if (std::isnan(value)) return "-";
  return fmt::format("{:.{}f}", value, std::abs(value) < 2 ? 3 : 1);
}

std::string interval(const AuditMeasure& measure) {
  if (std::isnan(measure.low)) return "";
  return fmt::format("{} .. {}", number(measure.low), number(measure.high));
}

std::string yardstick(const AuditMeasure& measure) {
  if (measure.least && measure.most) {
    return fmt::format("{:g} .. {:g}", *measure.least, *measure.most);
  }
  if (measure.least) return fmt::format(">= {:g}", *measure.least);
  if (measure.most) return fmt::format("<= {:g}", *measure.most);
  return "";
}

std::string state_of(const AuditMeasure& measure) {
  if (!measure.least && !measure.most) return "";
  return std::string(audit_state_name(measure.state()));
}

TextRows rows_of(const Audit& audit) {
  TextRows out = {{"weakness", "measured", "value", "95 %", "yardstick", ""}};
  for (const AuditRow& row : audit.rows) {
    if (row.state() == AuditState::kNotMeasured) {
      out.push_back({row.name, "", "-", "", "", "not measured"});
      continue;
    }
    bool first = true;
    for (const AuditMeasure& measure : row.measures) {
      out.push_back({first ? row.name : "", measure.name, number(measure.value), interval(measure),
                     yardstick(measure), state_of(measure)});
      first = false;
    }
  }
  return out;
}

TextRows fits_of(const CalibrationCheck& check) {
  TextRows out = {{"calibration", "mean distance from the truth", "95 %"}};
  for (const auto& fit : check.fits) {
    out.push_back({fit.method, number(fit.error.value), interval(fit.error)});
  }
  return out;
}

TextRows deciles_of(const CalibrationCheck& check) {
  TextRows out = {{"scores", "captions", "mean score", "truth", "calibrated"}};
  for (const auto& one : check.deciles) {
    out.push_back({fmt::format("{:g} to {:g}", one.low, one.high), std::to_string(one.captions),
                   number(one.score), number(one.truth.value), number(one.calibrated)});
  }
  return out;
}

void append_measure(std::string& out, const AuditMeasure& measure) {
  out += '{';
  append_json_member(out, "name", measure.name);
  append_json_member(out, "value", measure.value);
  append_json_member(out, "low", measure.low);
  append_json_member(out, "high", measure.high);
  append_json_count(out, "n", measure.n);
  if (measure.least) append_json_member(out, "least", *measure.least);
  if (measure.most) append_json_member(out, "most", *measure.most);
  if (measure.least || measure.most) {
    append_json_member(out, "state", audit_state_name(measure.state()));
  }
  out += '}';
}

std::string json(const Audit& audit) {
  std::string out = "{";
  append_json_member(out, "schema", "vernier.judge.audit/1");
  append_json_member(out, "judge", audit.signature);
  append_json_member(out, "data", audit.data);
  append_json_count(out, "scenes", audit.scenes);
  append_json_count(out, "captions", audit.captions);
  append_json_key(out, "rows");
  out += '[';
  for (const AuditRow& row : audit.rows) {
    out += out.back() == '[' ? "\n{" : ",\n{";
    append_json_member(out, "name", row.name);
    append_json_member(out, "question", row.question);
    append_json_member(out, "state", audit_state_name(row.state()));
    if (!row.reason.empty()) append_json_member(out, "reason", row.reason);
    append_json_key(out, "measures");
    out += '[';
    for (const AuditMeasure& measure : row.measures) {
      if (out.back() != '[') out += ',';
      append_measure(out, measure);
    }
    out += "]}";
  }
  out += "],\n\"calibration\":{";
  if (!audit.calibration.reason.empty()) {
    append_json_member(out, "reason", audit.calibration.reason);
  }
  append_json_key(out, "fits");
  out += '[';
  for (const auto& fit : audit.calibration.fits) {
    if (out.back() != '[') out += ',';
    out += '{';
    append_json_member(out, "method", fit.method);
    append_json_key(out, "error");
    append_measure(out, fit.error);
    out += '}';
  }
  out += ']';
  append_json_key(out, "deciles");
  out += '[';
  for (const auto& one : audit.calibration.deciles) {
    if (out.back() != '[') out += ',';
    out += '{';
    append_json_member(out, "low", one.low);
    append_json_member(out, "high", one.high);
    append_json_count(out, "captions", one.captions);
    append_json_member(out, "score", one.score);
    append_json_member(out, "truth", one.truth.value);
    append_json_member(out, "truth_low", one.truth.low);
    append_json_member(out, "truth_high", one.truth.high);
    append_json_member(out, "calibrated", one.calibrated);
    out += '}';
  }
  return out + "]}}\n";
}

}  // namespace

std::string render_audit(const Audit& audit, OutputFormat format) {
  if (format == OutputFormat::kJson) return json(audit);
  const bool markdown = format == OutputFormat::kMarkdown;
  const auto table = [&](const TextRows& rows, std::string_view sides) {
    return (markdown ? markdown_table(rows, sides) : text_table(rows, sides)) + "\n";
  };
  std::string out = table(rows_of(audit), "llrrrl");
  std::string reasons;
  for (const AuditRow& row : audit.rows) {
    if (row.state() != AuditState::kNotMeasured) continue;
    reasons += fmt::format("{}not measured, {}: {}\n", markdown ? "* " : "", row.name, row.reason);
  }
  if (!reasons.empty()) out += reasons + "\n";
  if (audit.calibration.reason.empty()) {
    out += table(fits_of(audit.calibration), "lrr");
    out += table(deciles_of(audit.calibration), "lrrrr");
  } else {
    out += fmt::format("calibration not measured: {}\n\n", audit.calibration.reason);
  }
  return out + fmt::format(
                   "{} fine, {} undecided, {} flagged, {} not measured; {} scenes, {} "
                   "captions; {}\n",
                   audit.count(AuditState::kFine), audit.count(AuditState::kUndecided),
                   audit.count(AuditState::kFlagged), audit.count(AuditState::kNotMeasured),
                   audit.scenes, audit.captions, audit.signature);
}

}  // namespace vernier
