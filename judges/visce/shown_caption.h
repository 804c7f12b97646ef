// How much of a caption a judge is shown.
#pragma once

#include <string_view>

namespace vernier::visce {

struct ShownCaption {
  std::string_view text;
  bool cut = false;
};

/// Captions of more than 384 words (about 512 tokens) end at the last end of a sentence within
/// these, or, without one, behind the last of them.
ShownCaption shown_caption(std::string_view caption);

}  // namespace vernier::visce
