// HallusionBench (Guan et al. 2024): yes/no questions about figures, and the same figures edited.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "datasets/objects/object_file.h"
#include "judges/probes/answers/join/join.h"
#include "judges/probes/answers/score/share.h"

namespace vernier::probes {

enum class Correctness { kWrong, kRight, kUnclear };

struct HallusionRow {
  std::string category, subcategory, set, figure, question;  ///< the five parts of the key
  bool positive = false;                                     ///< gt_answer is 1
  Correctness verdict = Correctness::kUnclear;
  /// VS questions without an image (figure 0): to be unclear is right there.
  bool right() const {
    return verdict == Correctness::kRight ||
           (verdict == Correctness::kUnclear && category == "VS" && figure == "0");
  }
};

struct HallusionFile {
  std::vector<HallusionRow> rows;
  JoinReport join;
  bool judged = false;       ///< verdicts come from the judge's field, else from the parser strict
  std::uint64_t digest = 0;  ///< of the questions' keys, texts and labels
};

struct HallusionOptions {
  std::string judge_field;   ///< empty: "correctness", "judge" or "correct" where all rows have it
  std::string answer_field;  ///< empty: "model_prediction", "prediction", "response" or "answer"
  JoinOptions join;
};

/// Answers joined by category, subcategory, set_id, figure_id and question_id to the questions,
/// whose texts must agree; `questions` null: the answers hold gt_answer themselves. A judge's field
/// is 1/correct, 0/incorrect or 2/unclear; anything else is a failed judgment and refused. Throws
/// Error(kBadInput), FILE:LINE:.
HallusionFile read_hallusion(const ObjectFile& answers, const ObjectFile* questions,
                             const HallusionOptions& options);

struct HallusionScores {
  Share questions;      ///< aAcc
  Share question_sets;  ///< qAcc: a question right on all its figures
  Share figures;        ///< fAcc: a figure with all its questions right; VS figure 0 left out
  Share easy, hard;     ///< questions on original figures (figure 0), on the others
  std::uint64_t unclear = 0;
  std::uint64_t predicted_yes = 0, true_yes = 0;  ///< predicted: right yes or wrong no questions
  Share false_positive;                           ///< of the wrong ones, those whose answer is no
  std::map<std::string, Share> by_subcategory;    ///< "VD/illusion": questions
  /// (predicted yes - true yes) / questions; 0 is ideal.
  double yes_difference() const;
};

HallusionScores hallusion_scores(const HallusionFile& file);

}  // namespace vernier::probes
