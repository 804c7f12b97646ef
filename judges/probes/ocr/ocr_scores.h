// Transcripts against what is written: character and word error rates, invented words.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/spelling/alignment.h"
#include "judges/probes/answers/score/clustered_ratio.h"
#include "judges/probes/answers/score/share.h"
#include "judges/probes/ocr/ocr_text.h"
#include "judges/probes/ocr/ocr_words.h"

namespace vernier::probes {

/// Edits from the reference to the output.
struct OcrEdits {
  std::uint64_t replaced = 0, inserted = 0, deleted = 0;
  std::uint64_t length = 0;  ///< of the reference

  std::uint64_t all() const { return replaced + inserted + deleted; }
};
OcrEdits count_edits(std::span<const EditRun> runs, std::size_t length);

struct OcrRecord {
  OcrText output,
      reference;           ///< the reference with the least character error rate, the first of them
  std::size_t chosen = 0;  ///< its number
  std::vector<EditRun> runs;  ///< of characters, `a` being the reference
  OcrEdits characters, words;
  WordDifference difference;
  std::uint64_t equal_lines = 0;  ///< lines of the reference that stand in the output
  bool exact = false;
  bool loops = false;  ///< says the same again and again, more than what is written does
};

/// `references`: one or more.
OcrRecord read_ocr_record(std::string_view output, std::span<const std::string> references,
                          const OcrNormalisation& normalisation);

struct OcrScores {
  RatioEstimate cer, wer;  ///< all edits over all lengths; above 1 where more is said than written
  RatioEstimate mean_cer, mean_wer;  ///< means over records
  OcrEdits characters, words;
  Share exact;             ///< records
  Share exact_lines;       ///< lines of the references
  RatioEstimate invented;  ///< words of the output that stand nowhere in the reference
  RatioEstimate invented_not_misread;
  RatioEstimate missing;  ///< words of the reference that stand nowhere in the output
  std::uint64_t loops = 0;
  std::uint64_t both_empty = 0;       ///< nothing written, nothing said: exact, in no error rate
  std::uint64_t said_of_nothing = 0;  ///< nothing written, something said: in no error rate
  std::uint64_t empty_outputs = 0;    ///< something written, nothing said
};

/// `clusters`: the image of each record.
OcrScores score_ocr(std::span<const OcrRecord> records, std::span<const std::uint32_t> clusters);

}  // namespace vernier::probes
