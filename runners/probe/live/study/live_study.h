// A model that is asked itself: what it gets right, and what of that it sees.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judges/chat/chat_model.h"
#include "judges/probes/live/outcome.h"
#include "runners/commands/commands.h"
#include "runners/model/answer_journal.h"
#include "runners/probe/live/scores/kind_scores.h"
#include "runners/probe/live/scores/place_scores.h"
#include "runners/probe/live/study/description_study.h"
#include "runners/probe/live/study/live_data.h"
#include "runners/probe/live/study/sign_reading.h"

namespace vernier {

struct LiveOptions {
  std::vector<std::string> kinds;  ///< none: all but presets
  std::size_t limit = 500;         ///< questions of each kind, scenes for presets
  std::uint64_t seed = 1;          ///< of the choice, of other scenes' pictures, of statistics
  std::string suffix;              ///< a line behind each question
  std::size_t most_new = 32;       ///< tokens of an answer
  std::size_t most_described = 256;
  bool drawn = false;  ///< a model of drawn scenes, whose prompts are its own
  bool tesseract = false;
  std::string tesseract_language = "eng";
  double most_failures = 0;
  double alpha = 0.05;
  unsigned threads = 1;
  LanguageOptions language;
};

struct LiveKind {
  std::vector<probes::LiveOutcome> outcomes;
  KindScores scores;
};

/// The questions of one yes/no kind asked behind a description of the picture.
struct DescribedScores {
  std::string kind;
  std::string undefined;
  PairedChange change;  ///< first: behind a description; second: at once
};

struct LiveStudy {
  std::string model;  ///< its signature
  std::vector<LiveKind> kinds;
  std::optional<PlaceScores> position, depth;
  std::vector<SideScores> sides;
  std::vector<std::uint64_t> side_pixels;
  std::optional<SignReading> signs;
  std::string signs_undefined;
  std::vector<DescribedScores> described;
  std::optional<DescriptionStudy> descriptions;
  std::uint64_t asked = 0, unanswered = 0;  ///< requests
  std::string signature;  ///< of what was asked and how; not of the model, so that two compare
};

/// All that answers depend on besides their keys, for the journal.
std::string live_work(const LiveData& data, const LiveOptions& options,
                      const chat::ChatModel& model);

/// Asks and measures. `journal` may be null; `kept`: where it lies, for messages. Throws
/// Error(kIncomplete) where more got no answer than most_failures allows, and what the model
/// throws.
LiveStudy study_live(const LiveData& data, const LiveOptions& options, chat::ChatModel& model,
                     AnswerJournal* journal, const std::string& kept, const GlobalOptions& global);

}  // namespace vernier
