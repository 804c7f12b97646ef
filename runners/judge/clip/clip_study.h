// `vernier judge --mode clipscore`: how close captions are to their pictures, and to what people
// wrote about them, by a CLIP checkpoint (judges/clip).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runners/judge/caption_references.h"
#include "runners/judge/judge_options.h"
#include "runners/model/asking.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/score/score_output.h"

namespace vernier {

struct ClipScoredCaption {
  std::size_t caption = 0;  ///< its place in the file
  double clip_score = 0, ref_clip_score = 0;
  std::uint64_t picture = 0;  ///< a digest of the file that was seen
};

struct ClipStudy {
  std::string signature;
  std::string model;                                    ///< its part of the signature
  std::shared_ptr<const CaptionReferences> references;  ///< without them only CLIPScore
  std::vector<ClipScoredCaption> captions;  ///< in the file's order, without those that failed
  std::vector<Unanswered> failed;
};

/// The model is options.model.folder, which must be given (Error kUsage) and hold a CLIP checkpoint
/// (Error kResource). References are options.references, else those of the records, which
/// read_captions() has to be asked for. A picture or text is encoded once. With an output a journal
/// beside it (OUTPUT.answers.part) keeps what was measured until it is complete. Throws
/// Error(kIncomplete) where too many pictures cannot be read.
ClipStudy measure_clip_scores(const CaptionFile& file, const JudgeOptions& options,
                              const GlobalOptions& global);

/// Writes the run where one is wanted, and says what to print. `file` is that of the study.
ScoreReport finish_clip_scores(const ClipStudy& study, const CaptionFile& file,
                               const JudgeOptions& options);

}  // namespace vernier
