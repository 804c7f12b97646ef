#include "results/report/audit/audit_weaknesses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/report/charts/cells/strip.h"
#include "results/report/html/text.h"
#include "results/report/probes/probe_scores.h"

namespace vernier::report {
namespace {

using Audits = std::span<const AuditResult>;

/// Names of the rows of all audits, in the order of the first.
std::vector<std::string> weakness_names(Audits audits) {
  std::vector<std::string> names;
  for (const AuditResult& audit : audits) {
    for (const AuditWeakness& row : audit.weaknesses) {
      if (std::ranges::find(names, row.name) == names.end()) names.push_back(row.name);
    }
  }
  return names;
}

const AuditNumber* measure_of(const AuditWeakness& row, const std::string& name) {
  const auto found = std::ranges::find(row.measures, name, &AuditNumber::name);
  return found == row.measures.end() ? nullptr : &*found;
}

/// How much a measure says: flagged before undecided before fine before those for information.
int weight(const AuditNumber& measure) {
  if (!measure.state) return 0;
  switch (*measure.state) {
    case AuditVerdict::kFlagged:
      return 4;
    case AuditVerdict::kUndecided:
      return 3;
    case AuditVerdict::kFine:
      return 2;
    case AuditVerdict::kNotMeasured:
      break;
  }
  return 1;
}

/// The measure that says most in any audit; empty where there is none.
std::string main_measure(const std::vector<const AuditWeakness*>& rows) {
  const AuditNumber* main = nullptr;
  for (const AuditWeakness* row : rows) {
    if (row == nullptr) continue;
    for (const AuditNumber& measure : row->measures) {
      if (main == nullptr || weight(measure) > weight(*main)) main = &measure;
    }
  }
  return main == nullptr ? "" : main->name;
}

/// Yardsticks are round numbers.
std::string limit_text(double limit) {
  return number_text(limit, limit == std::floor(limit) ? 0 : 2);
}

std::string allowed_text(const AuditNumber& measure) {
  const std::string least = limit_text(measure.least.value_or(0));
  const std::string most = limit_text(measure.most.value_or(0));
  if (measure.least && measure.most) return fmt::format("allowed: {} to {}; ", least, most);
  if (measure.least) return fmt::format("allowed: at least {}; ", least);
  if (measure.most) return fmt::format("allowed: at most {}; ", most);
  return "";
}

std::string state_badge(AuditVerdict state) {
  return fmt::format("<b class=\"state {}\">{}</b>",
                     state == AuditVerdict::kNotMeasured ? "unmeasured" : verdict_name(state),
                     verdict_name(state));
}

/// One scale for the same measure of all audits.
StripScale scale_of(const std::vector<const AuditWeakness*>& rows, const std::string& name) {
  std::vector<double> values;
  std::optional<double> least, most;
  for (const AuditWeakness* row : rows) {
    const AuditNumber* measure = row == nullptr ? nullptr : measure_of(*row, name);
    if (measure == nullptr) continue;
    for (const double value : {measure->value, measure->low, measure->high})
      values.push_back(value);
    if (!least) least = measure->least;
    if (!most) most = measure->most;
  }
  const bool percent = name.ends_with("%");
  return strip_scale(values, least, most, percent ? std::optional(100.0) : std::nullopt);
}

/// A line: `what`, the interval beside its yardstick, the numbers.
std::string measure_line(const std::string& what, const AuditNumber& measure,
                         const StripScale& scale) {
  const StripMark mark{MarkShape::kDot, measure.value, measure.low, measure.high, {}};
  const bool drawn =
      std::isfinite(measure.value) && (measure.least || measure.most || std::isfinite(measure.low));
  const std::string_view tone = measure.state ? verdict_name(*measure.state) : "plain";
  return fmt::format(
      "<div class=\"strip\"><span class=\"what\">{}</span>{}<span class=\"value\">{} "
      "<small>{}</small></span></div>\n",
      what, drawn ? strip_svg(scale, std::span(&mark, 1), tone) : "<span></span>",
      audit_number_text(measure),
      html(fmt::format("{}n {}", allowed_text(measure), count_text(measure.n))));
}

std::string badge_of(Audits audits, std::size_t a) {
  return audits.size() > 1 ? result_badge(a) + " " : "";
}

void append_lines(std::string& out, Audits audits, const std::vector<const AuditWeakness*>& rows) {
  const std::string name = main_measure(rows);
  const StripScale scale = scale_of(rows, name);
  if (!name.empty()) out += fmt::format("<p class=\"measure\">{}</p>\n", html(name));
  for (std::size_t a = 0; a < rows.size(); ++a) {
    if (rows[a] == nullptr) continue;
    const std::string what = badge_of(audits, a) + state_badge(rows[a]->state);
    const AuditNumber* measure = measure_of(*rows[a], name);
    if (measure != nullptr && rows[a]->state != AuditVerdict::kNotMeasured) {
      out += measure_line(what, *measure, scale);
    } else {
      out += fmt::format(
          "<div class=\"strip\"><span class=\"what\">{}</span><span "
          "class=\"why\">{}</span></div>\n",
          what,
          html(rows[a]->reason.empty() ? "measured in another way, see below" : rows[a]->reason));
    }
  }
}

/// All measures with a name of their own, each with a line an audit.
void append_all(std::string& out, Audits audits, const std::vector<const AuditWeakness*>& rows) {
  std::vector<std::string> names;
  std::size_t flagged = 0;
  for (const AuditWeakness* row : rows) {
    if (row == nullptr) continue;
    for (const AuditNumber& measure : row->measures) {
      flagged += measure.state == AuditVerdict::kFlagged;
      if (std::ranges::find(names, measure.name) == names.end()) names.push_back(measure.name);
    }
  }
  if (names.size() < 2) return;
  out += fmt::format("<details><summary>All {} measures{}</summary>\n", names.size(),
                     flagged == 0 ? "" : fmt::format(" ({} flagged)", flagged));
  for (const std::string& name : names) {
    const StripScale scale = scale_of(rows, name);
    out += fmt::format("<p class=\"measure\">{}</p>\n", html(name));
    for (std::size_t a = 0; a < rows.size(); ++a) {
      const AuditNumber* measure = rows[a] == nullptr ? nullptr : measure_of(*rows[a], name);
      if (measure == nullptr) continue;
      const std::string state =
          measure->state ? state_badge(*measure->state) : "<small>for information</small>";
      out += measure_line(badge_of(audits, a) + state, *measure, scale);
    }
  }
  out += "</details>\n";
}

}  // namespace

std::string weakness_anchor(Audits audits, const std::string& name) {
  const std::vector<std::string> names = weakness_names(audits);
  return fmt::format("weakness-{}", 1 + (std::ranges::find(names, name) - names.begin()));
}

std::string audit_number_text(const AuditNumber& number) {
  if (!std::isfinite(number.value)) return "–";
  double largest = std::abs(number.value);
  for (const double end : {number.low, number.high}) {
    if (std::isfinite(end)) largest = std::max(largest, std::abs(end));
  }
  const bool interval = std::isfinite(number.low) && std::isfinite(number.high);
  const bool whole = !interval && number.value == std::floor(number.value);
  const int decimals = whole ? 0 : largest <= 2 ? 3 : largest < 20 ? 2 : 1;
  std::string out = fmt::format("<b>{}</b>", number_text(number.value, decimals));
  return interval ? out + " " + interval_text(number.low, number.high, decimals) : out;
}

void append_weaknesses(std::string& out, Audits audits) {
  out +=
      "<p class=\"fine\">A line is an interval of 95 %, the shaded part what is allowed: "
      "<i>flagged</i> lies beyond it as a whole, <i>undecided</i> with its value but not with all "
      "of "
      "its interval.</p>\n<div class=\"weaknesses\">\n";
  for (const std::string& name : weakness_names(audits)) {
    std::vector<const AuditWeakness*> rows;
    std::string question;
    for (const AuditResult& audit : audits) {
      rows.push_back(audit.weakness(name));
      if (question.empty() && rows.back() != nullptr) question = rows.back()->question;
    }
    out += fmt::format("<div class=\"weakness\" id=\"{}\"><h3>{} <small>{}</small></h3><div>\n",
                       weakness_anchor(audits, name), html(name), html(question));
    append_lines(out, audits, rows);
    append_all(out, audits, rows);
    out += "</div></div>\n";
  }
  out += "</div>\n";
}

}  // namespace vernier::report
