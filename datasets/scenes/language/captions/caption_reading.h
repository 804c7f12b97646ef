// What a caption says, read off its words.
#pragma once

#include <cstddef>
#include <string_view>

#include "datasets/scenes/language/captions/caption_plan.h"

namespace vernier::scenes {

struct CaptionReading {
  CaptionPlan plan;
  std::size_t passed_over = 0;  ///< sentences that say nothing this vocabulary has words for
};

/// The way back from caption_text(), in all styles, and a little further: "There are two red
/// circles." are two items, "A red circle above a blue star and a ring." has a relation in a list.
/// "The red circle" is an item that was named before, the one that says exactly this rather than
/// one that says more; a further item where there is none. A sentence is read as a whole or passed
/// over as a whole, also where it names more things than any scene of such drawings has (16, or 10
/// of one shape).
CaptionReading read_caption(std::string_view text);

}  // namespace vernier::scenes
