// The audit of a judge: every weakness that judges are known to have, and its calibration.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "runners/commands/commands.h"
#include "runners/judge/audit/rows/audit_row.h"
#include "runners/judge/calibration/calibration_map.h"
#include "runners/judge/judge_options.h"

namespace vernier {

/// How far calibrated scores are from the truth on images that the map was not fitted to.
struct CalibrationCheck {
  struct Fit {
    std::string method;  ///< none, linear, isotonic
    AuditMeasure error;  ///< mean distance from the truth, points
  };
  struct Decile {
    double low, high;  ///< of scores
    std::uint64_t captions;
    double score;        ///< means, as are the others
    AuditMeasure truth;  ///< with its interval
    double calibrated;
  };
  std::vector<Fit> fits;
  std::vector<Decile> deciles;
  std::string reason;  ///< why there is none
};

struct Audit {
  std::string signature;
  std::string data;  ///< a digest of scenes and captions
  std::uint64_t scenes = 0, captions = 0;
  std::vector<AuditRow> rows;  ///< thirteen
  CalibrationCheck calibration;
  CalibrationMap map;  ///< isotonic, fitted on every second image

  std::uint64_t count(AuditState state) const;
};

/// Asks everything. `other`, `quantised`: null where there is none. Throws Error(kUsage) where the
/// model has no words for the mode, and what the model throws.
Audit run_audit(chat::ChatModel& model, const JudgeOptions& options, chat::ChatModel* other,
                chat::ChatModel* quantised, const GlobalOptions& global);

/// The whole text for stdout: table, json (vernier.judge.audit/1) or markdown.
std::string render_audit(const Audit& audit, OutputFormat format);

}  // namespace vernier
