// Reading files of human judgements.
#pragma once

#include <string>
#include <vector>

#include "datasets/ratings/rated_set.h"

namespace vernier {

/// What becomes of captions that are among the references of their own image.
enum class OwnCaptions {
  kAuto,        ///< as the data set's protocol has it: see read_ratings
  kKeep,        ///< nothing
  kDrop,        ///< they are not judged
  kUnreference  ///< they are no references; the published protocol of Flickr8k-CF and Composite
};

struct RatingOptions {
  std::vector<std::string> references;  ///< files of captions that are to be the references
  std::vector<std::string> ratings;     ///< fields that hold the ratings; empty: known names
  std::vector<std::string> exclude;     ///< FIELD=VALUE: captions to leave out
  OwnCaptions own = OwnCaptions::kAuto;
  bool several_ratings = false;  ///< records of one caption are ratings of several people
  bool replace_invalid = false;
};

/// Told apart by content:
/// * keyed ratings: {"IMAGE": {"human_judgement": [{"caption", "rating"}, ...], "ground_truth":
///   [...]}, ...}: Flickr8k-Expert, Flickr8k-CF and Composite as the FLEUR repository has them.
///   Entries of one caption are ratings of several people. kAuto: kUnreference.
/// * Flickr8k lines: image TAB image#k TAB three ratings (Expert; kAuto: kDrop, told by the id), or
///   image TAB image#k TAB share of yes TAB yes TAB no (CrowdFlower; kAuto: kUnreference). The
///   captions come from `references`.
/// * preferences: records or a table with two captions and "label", which of them people prefer.
/// * rated records: records or a table with image, caption and ratings. kAuto: kKeep.
///
/// Throws Error(kBadInput), FILE:LINE: and the image, for what cannot be used, and Error(kUsage)
/// for fields and filters that name nothing.
RatedSet read_ratings(const std::string& path, const RatingOptions& options = {});

/// The first caption with another number of ratings than the one before; null when all are even.
const RatedCaption* first_uneven(const RatedSet& set);

}  // namespace vernier
