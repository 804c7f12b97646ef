// MMHal-Bench (Sun et al. 2023): open answers that a judge rates from 0 to 6.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/objects/object_file.h"
#include "judges/probes/answers/score/share.h"

namespace vernier::probes {

/// The rating in a judge's reply: the number behind "rating:" where exactly one of "rating: 0" ...
/// "rating: 6" occurs, in any case; or a reply that is such a number and nothing else. Nothing for
/// "7", "3/6", "85 %", two ratings or none: the official script makes those 0, which is the worst
/// rating, not a failure.
std::optional<int> parse_rating(std::string_view reply);

struct RatedGroup {
  std::string type;  ///< "overall" for all
  std::uint64_t rows = 0, failed = 0;
  std::uint64_t sum = 0;  ///< of ratings that could be read
  Share hallucinated;     ///< ratings below 3
  double mean() const;    ///< NaN where nothing was rated
};

struct RatedFile {
  std::vector<RatedGroup> groups;     ///< overall first, then in the order of the file
  std::vector<std::string> failures;  ///< the first ten replies that hold no rating, as they are
  std::uint64_t duplicates = 0;
};

/// Rows with `question_type` and a rating: a number in `rating` (or `score`), or the judge's reply
/// in `review`, `judge`, `gpt_review` or `content`; `field` overrides. Rows of one image and
/// question that come again, equal, count once. Throws Error(kBadInput), FILE:LINE:.
RatedFile read_ratings(const ObjectFile& file, const std::string& field);

}  // namespace vernier::probes
