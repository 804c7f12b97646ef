// What a file of scores holds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vernier {

struct ScoreEntry {
  std::string image, text;
  double value;  ///< NaN: left open
  std::uint64_t line;
};

/// Which of two captions of an image a file of scores calls the better one.
struct LabelledPair {
  std::string image, better, worse;
};

struct ScoreEntries {
  std::string name;  ///< of the file, printable
  std::vector<ScoreEntry> scores;
  std::vector<LabelledPair> labels;
};

/// `open_allowed`: null and empty scores are NaN instead of refused. See score_file.h.
ScoreEntries read_score_entries(const std::string& path, const std::string& column,
                                bool open_allowed, bool replace_invalid);

}  // namespace vernier
