// Words that the program tesseract reads in images.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/answers/join/join.h"
#include "judges/probes/ocr/reference_file.h"

namespace vernier {

struct TesseractOptions {
  std::string images;            ///< the folder
  std::string language = "eng";  ///< or several: eng+deu
  unsigned seconds = 60;         ///< for each image
};

/// "5.3.0". Throws Error(kResource) where tesseract or its data for the language is not installed,
/// with the packages that have them.
std::string tesseract_version(const TesseractOptions& options);

/// What tesseract reads in the image of each transcript, once for each id. An image is the file of
/// that name in the folder, as in `report --images`. Throws Error(kBadInput) for an image that is
/// not there or cannot be read, Error(kIncomplete) for one that takes too long.
probes::OcrReferences tesseract_references(const TesseractOptions& options,
                                           const std::vector<probes::JoinItem>& transcripts,
                                           unsigned threads);

}  // namespace vernier
