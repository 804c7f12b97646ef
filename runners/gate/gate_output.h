// What `vernier gate` writes: all of it made from one GateReport.
#pragma once

#include <span>
#include <string>

#include "results/gate/aa_check.h"
#include "results/gate/gate.h"
#include "runners/output/text_table.h"

namespace vernier {

/// The rules as a table, "gate: regression (...)" in one line, and why a rule did not pass: what
/// all texts for people are made of.
TextRows gate_rows(const GateReport& report);
std::string gate_summary(const GateReport& report);
std::string gate_reason(const RuleResult& result);

std::string gate_table(const GateReport& report);
std::string gate_json(const GateReport& report);
std::string gate_markdown(const GateReport& report);
/// JUnit XML: a `failure` is a regression, an `error` what could not be judged.
std::string gate_junit(const GateReport& report);
/// Workflow commands that GitHub shows beside a change.
std::string gate_annotations(const GateReport& report);

/// The report of the two runs with the gate's verdict on top; `runs` is empty when they could not
/// be read.
std::string gate_html(const GateReport& report, std::span<const Run> runs, const GatePolicy& policy,
                      unsigned threads);

/// The A/A check as a table, of text or Markdown, with its verdict; as JSON.
std::string aa_table(const AaCheck& check, bool markdown);
std::string aa_json(const AaCheck& check);

}  // namespace vernier
