// What is taken over from a user's NLTK data: Punkt's parameters for English and the averaged
// perceptron tagger.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "metrics/text/sentences/punkt_parameters.h"
#include "metrics/text/tags/perceptron_model.h"

namespace vernier::text {

struct NltkData {
  PunktParameters punkt;
  PerceptronModel tagger;
  std::uint64_t digest = 0;  ///< of all of it, for signatures

  /// Reads a compiled file. Throws Error(kResource) when it is missing, damaged or of another
  /// version.
  static std::shared_ptr<const NltkData> open(const std::string& path);
};

/// Reads a folder: of NLTK (taggers/averaged_perceptron_tagger_eng, tokenizers/punkt_tab/english,
/// or one that holds their files) or with the same content as perceptron_tagger_*.tsv and
/// punkt_english_*. Throws Error(kResource) naming what is missing, Error(kBadInput) for what is
/// damaged.
NltkData read_nltk_folder(const std::string& folder);

/// What a compiled file of this data would carry as its digest.
std::uint64_t nltk_digest(const NltkData& data);

/// Compiles to a file, making its folder where there is none. Equal data gives equal bytes.
void write_nltk_data(const NltkData& data, const std::string& path);

/// Where the compiled file is looked for, best first ($VERNIER_NLTK, then the data folders).
std::vector<std::string> nltk_data_paths();
inline constexpr const char* kNltkFile = "nltk-en.bin";

}  // namespace vernier::text
