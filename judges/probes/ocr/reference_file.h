// What is written in images.
#pragma once

#include <string>
#include <vector>

#include "judges/probes/answers/join/join.h"

namespace vernier::probes {

struct OcrReferences {
  std::string name;
  std::vector<JoinItem> items;                  ///< without texts of questions
  std::vector<std::vector<std::string>> texts;  ///< of each item, one or more; "" is a text
  std::uint64_t digest = 0;                     ///< of ids and texts
};

/// Fields: `id` or `image` (input/question_file.h), `references` (`reference`, `text`,
/// `transcript`, `transcription`, `ground_truth`, `gt`, `label`, `target`, `answers`) or `field`: a
/// text or a list of texts; or one object {ID: text, ...}. Throws Error(kBadInput), FILE:LINE:.
OcrReferences read_ocr_references(const std::string& path, const std::string& field);

/// The digest of references, for signatures.
std::uint64_t digest_of(const OcrReferences& references);

}  // namespace vernier::probes
