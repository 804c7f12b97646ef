// What an audit says of one weakness that judges are known to have.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace vernier {

enum class AuditState : std::uint8_t {
  kFine,         ///< within the yardstick
  kUndecided,    ///< beyond it, but the interval is not
  kFlagged,      ///< the whole interval is beyond it
  kNotMeasured,  ///< see `reason`
};
/// fine, undecided, flagged, not measured.
std::string_view audit_state_name(AuditState state);

/// A number with what it ought to be.
struct AuditMeasure {
  std::string name;
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = value, high = value;   ///< interval of 95 %, clustered by image; NaN: none
  std::uint64_t n = 0;                ///< images, or what `name` says
  std::optional<double> least, most;  ///< the yardstick; none: for information

  AuditState state() const;
};

struct AuditRow {
  std::string name;      ///< "verbosity"
  std::string question;  ///< "Do longer captions get more?"
  std::vector<AuditMeasure> measures;
  std::string reason;  ///< why nothing was measured; empty: it was

  /// The worst of its measures.
  AuditState state() const;
};

}  // namespace vernier
