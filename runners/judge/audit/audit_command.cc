#include "runners/judge/audit/audit_command.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "runners/judge/audit/audit_study.h"

namespace vernier {
namespace {

/// As the audited model is opened, from another folder.
std::unique_ptr<chat::ChatModel> open_other(const std::string& folder, const JudgeOptions& options,
                                            const GlobalOptions& global) {
  if (folder.empty()) return nullptr;
  ModelOptions other = options.model;
  other.folder = folder;
  other.remote.url.clear();
  other.chat_template.clear();
  return open_model(other, global);
}

}  // namespace

void add_audit_options(CLI::App& command, JudgeOptions& options) {
  constexpr const char* kGroup = "Audit";
  command
      .add_option(
          "--audit", options.audit,
          "Try the judge itself on a folder of vernier synth (images, scenes, captions): 13 "
          "weaknesses and its calibration; exit code 1 where one is flagged")
      ->type_name("SCENES")
      ->group(kGroup);
  command.add_option("--audit-scenes", options.audit_scenes, "Scenes of it at most")
      ->check(CLI::Range(8, 1000000).description(""))
      ->capture_default_str()
      ->group(kGroup);
  command
      .add_option("--calibration", options.calibration,
                  "Write the map from scores to true ratings, for --calibrate")
      ->type_name("FILE")
      ->group(kGroup);
  command
      .add_option("--other-model", options.other_model,
                  "A second model: does each prefer its own captions?")
      ->type_name("DIR")
      ->group(kGroup);
  command
      .add_option("--other-precision", options.other_precision,
                  "The same model in another precision: does it judge alike?")
      ->type_name("DIR")
      ->group(kGroup);
}

int audit_judge(chat::ChatModel& model, const JudgeOptions& options, const GlobalOptions& global) {
  const auto other = open_other(options.other_model, options, global);
  const auto quantised = open_other(options.other_precision, options, global);
  const Audit audit = run_audit(model, options, other.get(), quantised.get(), global);
  if (!options.calibration.empty()) {
    if (!audit.calibration.reason.empty()) {
      throw Error(ExitCode::kIncomplete, "no calibration: " + audit.calibration.reason);
    }
    audit.map.write(options.calibration);
  }
  print(render_audit(audit, options.format));
  return static_cast<int>(audit.count(AuditState::kFlagged) > 0 ? ExitCode::kGateFailed
                                                                : ExitCode::kOk);
}

}  // namespace vernier
