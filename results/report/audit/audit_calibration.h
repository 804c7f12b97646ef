// How far a judge's scores can be taken at their word, before and after a map.
#pragma once

#include <span>
#include <string>

#include "results/report/audit/audit_result.h"

namespace vernier::report {

/// A reliability chart an audit, and the distance from the truth by map; reasons where there is
/// none.
void append_calibration(std::string& out, std::span<const AuditResult> audits);

}  // namespace vernier::report
