// How likely captions are to a model that sees the picture: its training loss as a metric.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "runners/judge/judge_options.h"
#include "runners/model/asking.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/probe/run/probe_run.h"
#include "runners/score/score_output.h"

namespace vernier {

struct CaptionLikelihood {
  std::size_t caption;         ///< its place in the file
  double log_probability = 0;  ///< natural logarithm, of all tokens and the end
  std::uint64_t tokens = 0;
  std::uint64_t picture = 0;  ///< a digest of the file that was seen
};

struct LikelihoodStudy {
  std::string signature;
  std::vector<CaptionLikelihood> captions;  ///< in the file's order, without those that failed
  std::vector<Unanswered> failed;
};

/// Throws Error(kUsage) for models that score no texts. With an output a journal beside it
/// (OUTPUT.answers.part) keeps what was measured until finish_likelihood().
LikelihoodStudy measure_likelihood(chat::ChatModel& model, const CaptionFile& file,
                                   const JudgeOptions& options, const GlobalOptions& global);

/// Writes the run where one is wanted, and says what to print.
ScoreReport finish_likelihood(const LikelihoodStudy& study, const CaptionFile& file,
                              const JudgeOptions& options);

}  // namespace vernier
