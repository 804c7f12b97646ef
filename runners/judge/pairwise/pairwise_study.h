// Whose captions of the same pictures are better? Each pair is asked about in both orders.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "judges/visce/comparer.h"
#include "runners/judge/judge_options.h"
#include "runners/model/asking.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/score/score_output.h"

namespace vernier {

struct ComparedPair {
  std::size_t caption;  ///< its place in the file
  std::size_t other;    ///< that of its rival in the other file
  visce::Comparison comparison;
  std::uint64_t picture = 0;  ///< a digest of the file that was seen
};

struct PairwiseStudy {
  std::string signature;
  std::vector<ComparedPair> pairs;  ///< in the file's order, without those that failed
  std::vector<Unanswered> failed;
  std::uint64_t unparsed = 0;  ///< of `pairs`: the model said neither A nor B
};

/// Captions meet those of `rivals` with their id, or else, where each picture has one, of their
/// image. Throws Error(kBadInput), naming ten, for captions without a rival. Otherwise as
/// rate_captions().
PairwiseStudy compare_captions(chat::ChatModel& model, const CaptionFile& file,
                               const CaptionFile& rivals, const JudgeOptions& options,
                               const GlobalOptions& global);

/// Scores in percent: pairwise-wins (captions that are better than their rival; a tie is half),
/// pairwise-consistency (the same winner in both orders), pairwise-first (decisions for whichever
/// stood first; 50 is fair). Otherwise as finish_ratings().
ScoreReport finish_comparison(const PairwiseStudy& study, const CaptionFile& file,
                              const CaptionFile& rivals, const JudgeOptions& options);

}  // namespace vernier
