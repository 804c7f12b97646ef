// What `vernier judge --audit SCENES -f json` printed, read again.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vernier::report {

enum class AuditVerdict : std::uint8_t { kFine, kUndecided, kFlagged, kNotMeasured };

/// A number with its interval of 95 %, and what it ought to be. NaN: none.
struct AuditNumber {
  std::string name;
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  std::uint64_t n = 0;
  std::optional<double> least, most;  ///< none: for information
  std::optional<AuditVerdict> state;
};

struct AuditWeakness {
  std::string name, question;
  AuditVerdict state = AuditVerdict::kNotMeasured;
  std::string reason;  ///< why nothing was measured
  std::vector<AuditNumber> measures;
};

struct AuditFit {
  std::string method;  ///< none, linear, isotonic
  AuditNumber error;
};

/// Captions whose scores lie together.
struct AuditBin {
  double low, high;
  std::uint64_t captions;
  double score, truth, truth_low, truth_high, calibrated;  ///< means
};

struct AuditResult {
  std::string file;  ///< its name without folders
  std::string judge, data;
  std::uint64_t scenes = 0, captions = 0;
  std::vector<AuditWeakness> weaknesses;
  std::string calibration_reason;  ///< why there is none
  std::vector<AuditFit> fits;
  std::vector<AuditBin> bins;

  std::uint64_t count(AuditVerdict state) const;
  /// Null where it has no such row.
  const AuditWeakness* weakness(const std::string& name) const;
};

/// fine, undecided, flagged, not measured.
std::string_view verdict_name(AuditVerdict state);

/// Throws Error(kUsage) where a file cannot be opened, Error(kBadInput), naming file and place,
/// where it is not what the audit prints.
AuditResult read_audit(const std::string& path);
std::vector<AuditResult> read_audits(std::span<const std::string> paths);

}  // namespace vernier::report
