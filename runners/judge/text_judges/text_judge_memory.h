// What the judges that see no picture have been told, on disk, and what both begin with.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runners/judge/answers/judge_journal.h"
#include "runners/judge/text_judges/text_judge_study.h"

namespace vernier {

/// The references of a study. Throws Error(kBadInput), naming the mode, where there are none.
std::shared_ptr<const CaptionReferences> references_for(const std::string& mode,
                                                        const CaptionFile& file,
                                                        const JudgeOptions& options);

/// The verdict on a caption of white space: zeros.
TextJudgedCaption judged_empty(std::size_t caption, std::size_t scores);

class TextJudgeMemory {
 public:
  /// Verdicts that were given together, and how many answers they took.
  struct Told {
    std::vector<TextJudgedCaption> captions;
    std::uint64_t asked = 0, unparsed = 0;
  };

  TextJudgeMemory(const JudgeOptions& options, const std::string& signature,
                  const GlobalOptions& global);

  /// Takes what was told under a key into the study; `captions`: which captions it is about, in
  /// order. False where nothing was.
  bool recall(const std::string& key, const std::vector<std::size_t>& captions,
              TextJudgeStudy& study) const;
  /// Takes it into the study and keeps it, all or nothing.
  void add(const std::string& key, Told told, TextJudgeStudy& study);

  /// Brings the study into order, throws Error(kIncomplete) where too many captions failed, and
  /// ends the journal.
  void finish(std::vector<std::pair<std::size_t, Unanswered>> failed, const CaptionFile& file,
              TextJudgeStudy& study);

 private:
  JudgeJournal journal_;
};

}  // namespace vernier
