// Scores that another program gave to judged captions, joined by image and text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "datasets/ratings/rated_set.h"

namespace vernier {

struct ScoreFileOptions {
  bool subset = false;        ///< captions without a score are left out by the caller
  bool ignore_extra = false;  ///< scores of captions that nobody judged are counted
  bool replace_invalid = false;
};

struct JoinedScores {
  std::string file, column;
  std::vector<double> values;  ///< one a caption; NaN: none (subset)
  std::uint64_t missing = 0, extra = 0;
  std::uint64_t duplicates = 0;  ///< entries that said the same again
  std::string image_rule;        ///< how ids of images were matched
  /// Of files with two captions a record and a label: how many labels are not those of the
  /// judgements, and of how many.
  std::optional<std::uint64_t> labels_differ;
  std::uint64_t labels = 0;
};

/// `what`: FILE:COLUMN; an empty FILE is `ratings` itself. FILE: records or a table with image,
/// caption and the column; or two captions a record with COLUMN_0 and COLUMN_1; or a run of
/// vernier, whose columns are its scores. Throws Error(kUsage) for a column that is not there and
/// Error(kBadInput) for what cannot be joined, unless `options` allow it.
JoinedScores join_scores(const RatedSet& set, const std::string& ratings, const std::string& what,
                         const ScoreFileOptions& options);

}  // namespace vernier
