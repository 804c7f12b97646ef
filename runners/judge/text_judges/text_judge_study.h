// `vernier judge --mode clair` and `--mode capscore`: captions compared with those that people
// wrote, by a language model that sees no picture (judges/visce/text_judges).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "runners/judge/caption_references.h"
#include "runners/judge/judge_options.h"
#include "runners/model/asking.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/score/score_output.h"

namespace vernier {

struct TextJudgedCaption {
  std::size_t caption = 0;  ///< its place in the file
  /// One for each of the study's names; empty where the model gave none.
  std::vector<double> scores;
  std::string verdict;  ///< a JSON object: what was told, for people
};

struct TextJudgeStudy {
  std::string mode;  ///< clair, capscore
  std::string signature;
  std::vector<std::string> names;                       ///< of the scores, each from 0 to 1
  std::shared_ptr<const CaptionReferences> references;  ///< of all captions
  std::vector<TextJudgedCaption> captions;  ///< in the file's order, without those that failed
  std::vector<Unanswered> failed;
  std::uint64_t asked = 0, unparsed = 0;  ///< answers, and those that could not be read
};

/// Score: `clair`, of each caption by itself with all references of its image.
///
/// References are options.references, else those of the records, which read_captions() has to be
/// asked for; Error(kBadInput) where captions have none. Captions of white space score 0, and
/// nobody is asked. With an output a journal beside it (OUTPUT.answers.part) keeps what was told
/// until everything is. Throws Error(kIncomplete) where too many captions got no answer.
TextJudgeStudy judge_by_clair(chat::ChatModel& model, const CaptionFile& file,
                              const JudgeOptions& options, const GlobalOptions& global);

/// Scores: `capscore-similarity`, `capscore-quality`. Captions of an image are asked about
/// together, once for each reference and each of their orders. All else as above.
TextJudgeStudy judge_by_capscore(chat::ChatModel& model, const CaptionFile& file,
                                 const JudgeOptions& options, const GlobalOptions& global);

/// Writes run and verdicts where they are wanted, and says what to print. Throws
/// Error(kIncomplete) where more than `most_unparsed` of the answers could not be read: verdicts
/// are written, a run is not.
ScoreReport finish_text_judge(const TextJudgeStudy& study, const CaptionFile& file,
                              const JudgeOptions& options);

}  // namespace vernier
