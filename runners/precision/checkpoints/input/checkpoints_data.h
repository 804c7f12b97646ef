// What two checkpoints are compared on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/precision/checkpoints/checkpoints_options.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/probe/live/study/live_data.h"

namespace vernier {

struct CheckpointsData {
  std::string images;                  ///< a folder
  std::vector<std::string> image_ids;  ///< to be captioned
  std::string references;              ///< a file; empty: none
  struct Text {
    std::string image_id, text;
  };
  std::vector<Text> texts;                ///< the first that a person wrote of each picture
  std::optional<LiveData> questions;      ///< none: there are none
  std::optional<CaptionFile> candidates;  ///< captions to be judged, of some pictures
  /// What people, or the truth, gave each of the candidates (their field "rating"); empty where any
  /// has none.
  std::vector<double> ratings;

  /// All that is read, which no output may overwrite.
  std::vector<std::string> inputs;
};

/// At most `limit` pictures, evenly spread. Throws Error(kUsage) where there is nothing to compare
/// on, and what reading throws.
CheckpointsData open_checkpoints_data(const CheckpointsOptions& options);

}  // namespace vernier
