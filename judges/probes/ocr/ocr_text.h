// A transcript as it is compared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::probes {

struct OcrNormalisation {
  bool ignore_case = false;
  bool ignore_punctuation = false;   ///< what Unicode calls punctuation is taken out
  bool compatibility_forms = false;  ///< NFKC: ligatures, full-width letters
};

/// For signatures: "case", "case+punctuation", "none", ...
std::string normalisation_text(const OcrNormalisation& normalisation);

/// White space is a single blank between words, none at the ends.
struct OcrText {
  std::string text;
  std::vector<std::uint32_t> characters;  ///< code points, blanks too
  std::vector<std::string> words;         ///< between blanks
  std::vector<std::size_t> word_begins;   ///< in `characters`
  std::vector<std::string> lines;         ///< each as `text` is, without empty ones
};

/// `raw` must be valid UTF-8.
OcrText read_ocr_text(std::string_view raw, const OcrNormalisation& normalisation);

}  // namespace vernier::probes
