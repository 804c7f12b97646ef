// The texts to check and the evidence for each.
#pragma once

#include <string>
#include <vector>

#include "datasets/scenes/scene_file.h"

namespace vernier {

struct CheckInput {
  struct Entry {
    std::string id, text;
    std::size_t evidence = 0;  ///< a number in `evidence`
  };
  std::vector<Entry> entries;
  std::vector<ImageScene> evidence;
};

/// A file of JSON is read as records ("id" or "image_id"; "response", "answer", "caption" or
/// "text"), any other is one text. Throws Error(kBadInput) for texts without evidence and empty
/// evidence.
CheckInput read_check_input(const std::string& texts, const std::string& evidence);

}  // namespace vernier
