// Rounds of captions of the same images.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runners/probe/captions/caption_file.h"

namespace vernier {

struct DriftInputOptions {
  std::vector<std::string> files;  ///< round 0 first
  ReadOptions read;
  bool allow_missing = false;  ///< compare the images that all rounds have
  bool ignore_extra = false;   ///< leave out images that round 0 does not have
  std::uint64_t seed = 1;      ///< which captions serve where a round has more of an image
};

struct DriftFile {
  CaptionFile file;
  std::string id_rule;         ///< how image ids were compared with round 0's
  std::uint64_t images = 0;    ///< in the file
  std::uint64_t missing = 0;   ///< images of round 0 that it does not have
  std::uint64_t extra = 0;     ///< images that round 0 does not have
  std::uint64_t left_out = 0;  ///< captions of compared images beyond what every round has
  /// By compared image: its captions' numbers in `file`, as many as in every other round.
  std::vector<std::vector<std::size_t>> captions;
};

struct DriftInput {
  std::vector<DriftFile> rounds;
  std::vector<std::string> images;  ///< that are compared, in round 0's spelling and order
};

/// Throws Error(kUsage) for fewer than two files, Error(kBadInput) for missing or extra images that
/// the options do not allow, with totals and the first ten.
DriftInput read_rounds(const DriftInputOptions& options);

}  // namespace vernier
