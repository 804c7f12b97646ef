// Transcripts of images: from the files to scores.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judges/probes/answers/input/question_file.h"
#include "judges/probes/ocr/ocr_scores.h"
#include "runners/probe/ocr/tesseract.h"

namespace vernier {

struct OcrOptions {
  std::string transcripts, references, reference_field;
  TesseractOptions tesseract;  ///< without a folder: references
  probes::OcrNormalisation normalisation;
  probes::AnswerFields fields;
  probes::JoinOptions join;
  bool replace_invalid = false;
  int threads = 0;
};

struct OcrStudy {
  probes::AnswerFile file;
  probes::OcrReferences references;
  std::string tesseract;  ///< its version, where it read the references
  probes::JoinReport join;
  std::vector<std::size_t> places;  ///< in the references, of each record
  std::vector<probes::OcrRecord> records;
  probes::OcrScores scores;
  std::string normalisation, signature;
};

/// Throws Error(kUsage) unless there are either references or a folder for tesseract, and
/// Error(kBadInput) where the files do not fit each other.
OcrStudy study_ocr(const OcrOptions& options);

}  // namespace vernier
