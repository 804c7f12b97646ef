// What a model reads while it is quantised: conversations as they come up when captions are made
// and judged, or plain text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "datasets/read_options.h"
#include "judges/chat/local/local_model.h"
#include "judges/engine/serve/prompt.h"
#include "runners/commands/commands.h"

namespace vernier {

struct CalibrationOptions {
  /// A file of captions, or a folder that vernier synth wrote; empty: scenes drawn for it, which a
  /// model of drawn scenes only can do with.
  std::string source;
  std::string images;  ///< pictures of a file's captions; empty: the texts alone
  std::size_t tokens = 16384;
  std::uint64_t seed = 1;  ///< of drawn scenes
  ReadOptions read;
};

struct CalibrationSet {
  std::vector<engine::Prompt> prompts;
  std::string description;  ///< "captions, questions and verdicts about 120 pictures"
};

/// Prompts of about that many tokens, evenly from all of the source. With pictures: "Describe the
/// image." with each caption, the judge's contexts and ratings of captions, questions where there
/// are some. Without: all texts one after the other in pieces of 512 tokens, as AutoAWQ does it.
/// Throws Error(kUsage) where a source is needed, and what reading throws.
CalibrationSet calibration_set(chat::LocalModel& model, const CalibrationOptions& options,
                               const GlobalOptions& global);

}  // namespace vernier
