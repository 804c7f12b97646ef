// What a model wrote down about an image before it rated captions (VisCE², first stage).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::visce {

struct ContextObject {
  std::string name, description;
  std::vector<std::string> features;
};

/// For people and reports: the rating sees `text` as it is, whatever could be read of it.
struct VisualContext {
  std::string text;
  std::vector<ContextObject> objects;
  std::vector<std::string> relations;
  std::vector<std::string> sections_found;  ///< of "objects", "features", "relationships"
  std::size_t bullets = 0;
  bool truncated = false;  ///< the model was cut off
  bool loop = false;       ///< it repeated itself, and was cut at the first repeat
};

/// Reads three sections of bullets or numbered lines. Headings in any case, with or without marks
/// ("## Objects", "**Features:**", "1. Important objects"); "objects: red circle, blue star" on a
/// line is a section of as many bullets. Features go to the object of that name; those of others
/// make an object of their own. What is in no section is not read. Any bytes.
VisualContext read_context(std::string_view text, bool finished);

/// Where a text of words begins to repeat itself: the place of the second of four or more equal
/// runs of eight words; npos where it does not.
std::size_t find_loop(std::string_view text);

}  // namespace vernier::visce
