// Ratings of captions by a model, as a run.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "judges/visce/verdict/verdict.h"
#include "runners/judge/calibration/calibration_map.h"
#include "runners/judge/judge_options.h"
#include "runners/model/asking.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/score/score_output.h"

namespace vernier {

struct JudgedCaption {
  std::size_t caption;  ///< its place in the file
  visce::Verdict verdict;
  std::uint64_t picture = 0;  ///< a digest of the file that was seen
};

struct RatingStudy {
  std::string signature;
  std::string name;                  ///< of the score: visce, visce-direct, ...
  std::vector<JudgedCaption> rated;  ///< in the file's order, without those that failed
  std::vector<Unanswered> failed;
  std::uint64_t unparsed = 0;  ///< of `rated`: no number
  visce::Scale scale;
  std::optional<CalibrationMap> calibration;  ///< of this judge
  /// By the pictures' digests; of mode visce only.
  std::map<std::uint64_t, std::shared_ptr<const visce::VisualContext>> contexts;
};

/// kVisce for modes that are none.
visce::RatingMode rating_mode(JudgeMode mode);

/// The prompts that are asked for, or those that the model was made for.
prompts::PromptSet prompts_of(const JudgeOptions& options, const chat::ChatModel& model);

/// With an output a journal beside it (OUTPUT.answers.part) keeps verdicts and contexts until the
/// run is written. Throws Error(kIncomplete) where too many captions got no answer, and for a
/// calibration of another judge.
RatingStudy rate_captions(chat::ChatModel& model, const CaptionFile& file,
                          const JudgeOptions& options, const GlobalOptions& global);

/// Writes run and verdicts where they are wanted, and says what to print. Throws
/// Error(kIncomplete) where more than `most_unparsed` of the captions got no number: verdicts are
/// written, a run is not.
ScoreReport finish_ratings(const RatingStudy& study, const CaptionFile& file,
                           const JudgeOptions& options);

}  // namespace vernier
