// CHAIR over a file of captions.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/object/chair/chair_curves.h"
#include "runners/commands/commands.h"
#include "runners/probe/captions/caption_file.h"
#include "runners/probe/objects/object_options.h"

namespace vernier {

struct ChairOptions {
  std::string captions;
  ObjectOptions objects;
  ReadOptions read;
  bool ignore_extra = false;  ///< drop and count captions of unknown images
  int threads = 0;
};

struct ChairStudy {
  CaptionFile file;
  probes::ObjectVocabulary vocabulary;
  probes::ImageObjects known;
  std::vector<probes::ChairCaption> captions;  ///< as file.captions
  std::vector<std::size_t> images;             ///< numbers in `known`
  probes::ChairCounts counts;
  probes::ChairScores scores;
  std::uint64_t extra = 0;  ///< captions of unknown images, left out
  std::string id_rule;      ///< how ids were matched
  std::string signature;
};

/// Throws Error(kBadInput) for captions of unknown images, naming the first ten.
ChairStudy study_chair(const ChairOptions& options, const GlobalOptions& global);

}  // namespace vernier
