// Every weakness that an audit looks for, with its interval beside its yardstick.
#pragma once

#include <span>
#include <string>

#include "results/report/audit/audit_result.h"

namespace vernier::report {

/// The id of a row on the page.
std::string weakness_anchor(std::span<const AuditResult> audits, const std::string& name);

/// A block a weakness, a line an audit with the measure that says most, the others folded away.
void append_weaknesses(std::string& out, std::span<const AuditResult> audits);

/// "−0.073 [−0.133, −0.011]", with as many decimals as its size needs.
std::string audit_number_text(const AuditNumber& number);

}  // namespace vernier::report
