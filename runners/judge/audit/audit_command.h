// vernier judge --audit.
#pragma once

#include "runners/judge/judge_options.h"

namespace vernier {

/// Adds --audit, --audit-scenes, --calibration, --other-model, --other-precision.
void add_audit_options(CLI::App& command, JudgeOptions& options);

/// Exit code 1 where a weakness was flagged.
int audit_judge(chat::ChatModel& model, const JudgeOptions& options, const GlobalOptions& global);

}  // namespace vernier
