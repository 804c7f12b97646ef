// The part of the page about audits of judges.
#pragma once

#include <span>
#include <string>

#include "results/report/audit/audit_result.h"

namespace vernier::report {

/// The section "audit": how many weaknesses are fine, each with its interval beside its yardstick,
/// and the calibration. Several audits stand side by side. Nothing where there is none.
void append_audits(std::string& out, std::span<const AuditResult> audits);

}  // namespace vernier::report
