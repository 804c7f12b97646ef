// R-Bench's balanced subsets: lists of question ids.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "judges/probes/answers/score/yes_no_scores.h"

namespace vernier::probes {

/// Ids from a JSON list of numbers or strings, or one a line. Throws Error(kBadInput), naming the
/// file, for anything else and for an empty list; an id twice counts once.
std::vector<std::string> read_ids(const std::string& path);
std::vector<std::string> parse_ids(std::string_view text, const std::string& name);

struct IdListScores {
  std::string file;
  std::uint64_t ids = 0;
  std::uint64_t unanswered = 0;  ///< ids without an answer; R-Bench's script skips them silently
  Confusion counts;
  /// As R-Bench's script has them, with 1e-5 added to each denominator: never undefined.
  double precision = 0, recall = 0, f1 = 0, accuracy = 0;
};

IdListScores score_ids(const std::string& file, const std::vector<std::string>& ids,
                       const QuestionFile& questions, std::span<const YesNoAnswer> answers,
                       const YesNoParser& parser);

}  // namespace vernier::probes
