// What `vernier judge` can be told.
#pragma once

#include <string>
#include <vector>

#include "datasets/read_options.h"
#include "judges/visce/rater.h"
#include "runners/model/model_options.h"
#include "runners/output/output_format.h"

namespace vernier {

enum class JudgeMode {
  kVisce,
  kDirect,
  kReference,
  kReasonFirst,
  kPairwise,
  kChecklist,
  kClair,
  kCapscore,
  kLikelihood,
  kClipScore,
};

struct JudgeOptions {
  ModelOptions model;
  JudgeMode mode = JudgeMode::kVisce;
  std::string candidates, images, output;
  std::vector<std::string> references;
  ReadOptions read;
  OutputFormat format = OutputFormat::kTable;
  bool resume = false;
  std::size_t verify = 0;  ///< captions of a run to be judged again; 0: none
  std::string cache;       ///< a folder that keeps answers; empty: none

  /// Of modes that ask for a rating. `rater.mode` is that of `mode`.
  visce::RaterOptions rater;
  std::string prompts;   ///< empty: those that the model was made for
  std::string verdicts;  ///< a file for them
  std::string against;   ///< kPairwise: the other captions
  double most_unparsed = 0.02;

  std::string calibrate;  ///< a map for these scores

  /// Of the audit.
  std::string audit;  ///< a folder of drawn scenes; empty: no audit
  std::size_t audit_scenes = 200;
  std::string calibration;  ///< a file for the map
  std::string other_model, other_precision;

  /// Of likelihood.
  std::string system, shots;
  std::string prompt = "Describe the image.";
};

}  // namespace vernier
