// Answers to questions about images: from the files to scores.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judges/probes/answers/vqa/vqa_scores.h"

namespace vernier {

struct VqaOptions {
  std::string answers, questions, annotations;
  probes::VqaFields fields;
  probes::AnswerFields answer_fields;
  probes::JoinOptions join;
  std::optional<probes::AnswerNormaliser> normaliser;  ///< nothing: that of the format
  bool strict = false;                                 ///< --mode strict
  bool replace_invalid = false;
};

struct VqaStudy {
  probes::VqaFile questions;
  probes::AnswerFile file;
  probes::VqaMethod method;
  probes::JoinReport join;
  bool named_by_image = false;
  std::vector<probes::VqaAnswer> answers;
  probes::VqaSummary all;
  std::vector<probes::VqaGroup> groups;
  probes::YesShares yes;
  std::optional<double> unanswerable_precision;
  std::string signature;
};

/// Throws Error(kBadInput) where the files do not fit each other (judges/probes/answers/join).
VqaStudy study_vqa(const VqaOptions& options);

}  // namespace vernier
