// Every question with each picture that it is asked about, as tasks for a model.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/live/descriptions/prompts.h"
#include "judges/probes/live/outcome.h"
#include "runners/probe/live/ask/live_asker.h"
#include "runners/probe/live/study/live_study.h"

namespace vernier {

/// Makes tasks, and puts their answers where they belong.
class LivePlan {
 public:
  LivePlan(const LiveData& data, const LiveOptions& options) : data_(data), options_(options) {}

  /// The chosen questions of a kind, with labels and other scenes' images.
  std::vector<probes::LiveOutcome> choose(const std::string& kind,
                                          const probes::AnswerReader& reader) const;

  /// With its own picture.
  LiveTask shown(const probes::LiveOutcome& outcome) const;
  /// All tasks of a question: its own picture, a grey one, another scene's; every size if `sides`.
  std::vector<LiveTask> tasks(const probes::LiveOutcome& outcome, bool sides) const;
  /// A description of a picture.
  LiveTask description(const std::string& image_id, const probes::DescriptionPrompt& prompt) const;
  /// The question behind that description.
  LiveTask described(const probes::LiveOutcome& outcome, const probes::DescriptionPrompt& prompt,
                     const std::string& description) const;

  /// Takes the answers to tasks() and described() (where there is a prompt).
  void take(const LiveAsker& asker, const probes::AnswerReader& reader, bool sides,
            const probes::DescriptionPrompt* prompt, probes::LiveOutcome& outcome) const;

 private:
  LiveTask task(const probes::LiveOutcome& outcome, const std::string& variant,
                const PictureChoice& picture) const;
  PictureChoice main_picture(const std::string& image_id, bool grey = false) const;
  std::string at_side(const std::string& variant, std::size_t folder) const;

  const LiveData& data_;
  const LiveOptions& options_;
};

}  // namespace vernier
