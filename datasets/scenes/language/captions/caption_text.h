// Captions in words.
#pragma once

#include <span>

#include "datasets/scenes/language/captions/caption_plan.h"

namespace vernier::scenes {

enum class CaptionStyle : std::uint8_t {
  kList,      ///< A small red circle and a large blue star.
  kThere,     ///< There is a small red circle and a large blue star.
  kShows,     ///< The image shows a small red circle and a large blue star.
  kRelation,  ///< A small red circle is to the left of a large blue star. (two items, one relation)
};
inline constexpr std::size_t kCaptionStyles = 4;

/// The plan in words: its items, then a sentence for each relation. Mentions hold the objects of
/// `scene` that phrases fit, or of items those in `meant`, one an item, where that is not empty.
/// kRelation is kList where there are not two items and one relation between them.
Utterance caption_text(const DrawnScene& scene, const CaptionPlan& plan, CaptionStyle style,
                       std::span<const std::size_t> meant = {});

/// A sentence that adds words and nothing else.
std::string_view filler(SceneRandom& random);

}  // namespace vernier::scenes
