// Files that say which question an id of the answers stands for (llava_pope_test.jsonl).
#pragma once

#include <string>
#include <vector>

#include "judges/probes/answers/input/question_file.h"

namespace vernier::probes {

struct IndexFile {
  std::string name;
  std::vector<JoinItem> items;          ///< question_id, image, text
  std::vector<std::string> category;    ///< of each item; empty where it has none
  std::vector<std::string> categories;  ///< each once, in the order of the file
};

/// Throws Error(kBadInput), FILE:LINE:.
IndexFile read_index(const std::string& path);

struct IndexedJoin {
  Joined joined;
  std::string category;
};

/// Joins answers to the index by id, and the rows of a category to the questions by image and text.
/// Without a category the one is taken that answers most questions, at least four of five. Answers
/// to other categories do not count as extra. Throws Error(kBadInput) where join() does, no
/// category fits or two fit alike, Error(kUsage) for a category that the index has not.
IndexedJoin join_through(const IndexFile& index, const std::string& category,
                         const QuestionFile& questions, const AnswerFile& answers);

}  // namespace vernier::probes
