// Multiple-choice questions asked with their options in every rotation.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "datasets/objects/object_file.h"
#include "judges/probes/answers/choice/option_letter.h"

namespace vernier::probes {

struct Rotation {
  std::uint64_t number = 0;  ///< 0: the options as they were written
  std::vector<ChoiceOption> options;
  char gold = 'A';
  std::optional<char> chosen;  ///< nothing where no option can be told
};

struct RotatedQuestion {
  std::string id;
  std::vector<Rotation> rotations;  ///< 0, 1, 2, ... without gaps
};

struct RotationFile {
  std::vector<RotatedQuestion> questions;  ///< in the order of their first row
  std::uint64_t rows = 0;                  ///< each counted once
  std::uint64_t duplicates = 0;            ///< rows that came again, equal
  std::uint64_t unparsed = 0;              ///< predictions that name no option
};

/// Whether records look like these: an index, options A and B, an answer and a prediction.
bool are_rotations(const ObjectFile& file);

/// MMBench's way: rotation r of question q has index q + 1,000,000 r; options are the columns A, B,
/// ... that are there and not empty; `answer` is a letter, `prediction` what the model said. Throws
/// Error(kBadInput), FILE:LINE:, for rows that are not so, a row twice with another content,
/// rotations with gaps, and rotations of a question that do not offer the same options.
RotationFile read_rotations(const ObjectFile& file);

}  // namespace vernier::probes
