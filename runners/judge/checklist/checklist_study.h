// `vernier judge --mode checklist`: what captions claim, one thing at a time, asked of a model that
// sees the pictures (FaithScore, arXiv 2311.01477).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "judges/visce/claim_checker.h"
#include "runners/judge/checklist/claims.h"
#include "runners/judge/judge_options.h"
#include "runners/model/asking.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/score/score_output.h"

namespace vernier {

struct ClaimedCaption {
  std::size_t caption = 0;  ///< its place in the file
  CaptionClaims said;
  std::vector<visce::CheckedClaim> checked;  ///< one a claim
  std::uint64_t picture = 0;                 ///< a digest of the file that was seen
  bool truncated = false;                    ///< only its beginning was looked at (shown_caption.h)

  struct Scores {
    double claims = 0;     ///< supported claims / claims, those that were told apart
    double sentences = 0;  ///< sentences of supported claims only / sentences with claims
  };
  /// Both 0 without any claim, as FaithScore has it; nothing where no claim was told.
  std::optional<Scores> scores() const;
};

struct ChecklistStudy {
  std::string signature;
  std::vector<ClaimedCaption> captions;  ///< in the file's order, without those that failed
  std::vector<Unanswered> failed;
  std::uint64_t claims = 0, supported = 0, unparsed = 0;  ///< of all captions
  std::uint64_t no_claims = 0;                            ///< captions
};

/// With an output a journal beside it (OUTPUT.answers.part) keeps what was told until everything
/// is. Throws Error(kIncomplete) where too many captions got no answer.
ChecklistStudy check_claims(chat::ChatModel& model, const CaptionFile& file,
                            const JudgeOptions& options, const GlobalOptions& global);

/// Writes run and verdicts where they are wanted, and says what to print. Throws
/// Error(kIncomplete) where more than `most_unparsed` of the claims were told neither way: verdicts
/// are written, a run is not.
ScoreReport finish_checklist(const ChecklistStudy& study, const CaptionFile& file,
                             const JudgeOptions& options);

}  // namespace vernier
