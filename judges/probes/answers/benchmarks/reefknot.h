// Reefknot (Zheng et al. 2024): relations between objects as yes/no, multiple choice and open
// questions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "datasets/objects/object_file.h"
#include "judges/probes/answers/join/join.h"
#include "judges/probes/answers/score/confusion.h"
#include "judges/probes/answers/score/share.h"

namespace vernier::probes {

enum class ReefknotTask { kYesNo, kChoice, kOpen };
const char* task_name(ReefknotTask task);  ///< "yesno", "multichoice", "vqa"

struct ReefknotRow {
  ReefknotTask task = ReefknotTask::kYesNo;
  std::string relation;  ///< perception (what one sees) or cognitive (what is going on)
  std::string image, prompt, label, response;
  std::uint64_t line = 0;
};

/// Rows `image_id`, `query_prompt`, `label`, `type` (Yes/No, Multichoice, VQA), `relation_type`,
/// `response`; labels must be ones of their type. Throws Error(kBadInput), FILE:LINE:.
std::vector<ReefknotRow> read_reefknot(const ObjectFile& file);

/// Puts the responses of `answers` to the questions, by image and text, the nth of equal ones to
/// the nth; an empty response is none. Rows without response are left out of what is returned.
/// Throws Error(kBadInput) for what the options do not allow.
struct ReefknotJoin {
  std::vector<ReefknotRow> rows;
  JoinReport report;
};
ReefknotJoin join_reefknot(const std::vector<ReefknotRow>& questions,
                           const std::vector<ReefknotRow>& answers, const JoinOptions& options,
                           const std::string& question_file, const std::string& answer_file);

struct ReefknotGroup {
  ReefknotTask task = ReefknotTask::kYesNo;
  std::string relation;  ///< "all" for both kinds
  Share right;           ///< the hallucination rate is what is left to 1
  std::uint64_t unparsed = 0;
  Confusion confusion;            ///< of yes/no questions
  std::uint64_t yes = 0, no = 0;  ///< labels of yes/no questions
};

/// By task and kind of relation, "all" first; empty groups are left out. Yes/no by the parser,
/// choices by option_letter(), open answers by equal words (case and punctuation aside), which is
/// stricter than the entailment model of the paper.
std::vector<ReefknotGroup> reefknot_groups(const std::vector<ReefknotRow>& rows,
                                           const YesNoParser& parser);

}  // namespace vernier::probes
