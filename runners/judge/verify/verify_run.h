// Does the judge still say what a run says that it said?
#pragma once

#include <functional>

#include "runners/judge/judge_options.h"
#include "runners/probe/captions/caption_file.h"

namespace vernier {

/// Judges captions as the options say, and writes a run to `options.output`.
using JudgeFile = std::function<void(const CaptionFile& file, const JudgeOptions& options)>;

/// Judges `options.verify` captions of a run again, or a few more (those of a picture stay
/// together), and prints whether scores and verdicts are equal to the bit. Returns the exit status:
/// 1 where one differs. `file`: the run's captions, with the run. Throws Error(kIncomplete) where
/// the run is by another judge, Error(kUsage) where it has no scores of this mode, and what `judge`
/// throws.
int verify_run(const CaptionFile& file, const JudgeOptions& options, const JudgeFile& judge);

}  // namespace vernier
