#include "runners/judge/audit/rows/audit_row.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vernier {

std::string_view audit_state_name(AuditState state) {
  constexpr std::array<std::string_view, 4> kNames = {"fine", "undecided", "flagged",
                                                      "not measured"};
  return kNames[static_cast<std::size_t>(state)];
}

AuditState AuditMeasure::state() const {
  if (!least && !most) return AuditState::kFine;
  if (std::isnan(value)) return AuditState::kNotMeasured;
  const bool below = least && value < *least, above = most && value > *most;
  if (!below && !above) return AuditState::kFine;
  // Without an interval the number is exact.
  const double nearest = below ? high : low;
  const bool whole = std::isnan(nearest) || (below ? nearest < *least : nearest > *most);
  return whole ? AuditState::kFlagged : AuditState::kUndecided;
}

AuditState AuditRow::state() const {
  if (!reason.empty() || measures.empty()) return AuditState::kNotMeasured;
  AuditState worst = AuditState::kFine;
  for (const AuditMeasure& one : measures) {
    // A number that could not be had says nothing about the others.
    if (one.state() != AuditState::kNotMeasured) worst = std::max(worst, one.state());
  }
  return worst;
}

}  // namespace vernier
