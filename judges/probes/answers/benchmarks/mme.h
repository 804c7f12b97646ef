// MME (Fu et al. 2023): 14 subtasks of paired yes/no questions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/probes/answers/score/share.h"
#include "judges/probes/answers/yes_no/parsers.h"

namespace vernier::probes {

struct MmeSubtask {
  std::string_view name;
  bool perception;          ///< else cognition
  std::uint64_t questions;  ///< in the published benchmark
};
/// In the order of the paper's tables.
std::span<const MmeSubtask> mme_subtasks();

struct MmeRow {
  std::string image, question, answer;
  bool positive = false;
};

struct MmeFile {
  const MmeSubtask* subtask = nullptr;
  std::string name;
  std::vector<MmeRow> rows;  ///< two neighbours are about one image
};

struct MmeFolder {
  std::vector<MmeFile> files;        ///< in the order of the subtasks
  std::vector<std::string> missing;  ///< subtasks without a file
  std::vector<std::string> ignored;  ///< other .txt files
  std::uint64_t digest = 0;          ///< of images, questions and labels
};

/// Reads SUBTASK.txt (or .txt.gz): lines of image, question, Yes or No, answer, separated by tabs;
/// no header. Throws Error(kUsage) for what is no folder or holds no subtask, Error(kBadInput),
/// FILE:LINE:, for lines that are not so and for neighbours that are about different images.
MmeFolder read_mme(const std::string& path);
/// One file of it.
std::vector<MmeRow> parse_mme(std::string_view text, const std::string& name);

struct MmeScore {
  const MmeSubtask* subtask = nullptr;
  Share questions;             ///< right answers
  Share images;                ///< both answers right (acc+)
  std::uint64_t unparsed = 0;  ///< wrong
  double score() const { return questions.percent() + images.percent(); }  ///< 0 to 200
};

struct MmeScores {
  std::vector<MmeScore> subtasks;
  /// Sums of ten and of four subtasks; NaN where one of them has no file.
  double perception = 0, cognition = 0;
};

MmeScores score_mme(const MmeFolder& folder, const YesNoParser& parser);

}  // namespace vernier::probes
