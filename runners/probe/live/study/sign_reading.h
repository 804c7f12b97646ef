// What a model, tesseract and the truth say is written on signs.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "judges/probes/live/outcome.h"
#include "runners/probe/ocr/tesseract.h"

namespace vernier {

struct SignReading {
  std::string tesseract;  ///< its version
  std::uint64_t signs = 0;
  std::uint64_t model_right = 0, tesseract_right = 0, both_right = 0;
  std::uint64_t agree = 0;         ///< model and tesseract read the same word, right or wrong
  std::uint64_t neither = 0;       ///< is right
  std::uint64_t nothing_read = 0;  ///< tesseract read no letters
};

/// Of the questions that ask what is written and were answered; texts of both are read alike
/// (AnswerReader). Throws what tesseract_references() throws.
SignReading read_signs(std::span<const probes::LiveOutcome> outcomes,
                       const probes::AnswerReader& reader, const TesseractOptions& options,
                       unsigned threads);

}  // namespace vernier
