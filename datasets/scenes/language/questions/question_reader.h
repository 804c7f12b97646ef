// What a question about drawn scenes asks for, read off its words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "datasets/scenes/language/description.h"

namespace vernier::scenes {

enum class AskedFor : std::uint8_t {
  kExistence,      ///< Is there a red circle?
  kAttribute,      ///< Is the circle red?
  kRelation,       ///< Is the red circle to the left of the blue star?
  kSignSays,       ///< Does the sign say "STOP"?
  kColor,          ///< What color is the circle?
  kShape,          ///< What shape is the red object?
  kCount,          ///< How many red objects are there?
  kOutermost,      ///< Which object is leftmost?
  kFurther,        ///< Which is further left, the star or the circle?
  kSignText,       ///< What does the sign say?
  kWhichImage,     ///< In which image is there a red circle? Which image shows a red circle?
  kNumberOfImages  ///< How many images show a red circle?
};

struct AskedQuestion {
  AskedFor what = AskedFor::kExistence;
  Description subject, object;  ///< object: of kRelation and of kFurther
  Description value;            ///< of kAttribute: a colour, a size or a pattern
  /// Of kRelation; of kOutermost and kFurther the direction, one of the first four.
  Predicate predicate = Predicate::kLeftOf;
  std::string said;                  ///< of kSignSays
  std::optional<std::size_t> image;  ///< the one that it is about, from 0; none: all that are shown

  bool wants_yes_or_no() const { return what <= AskedFor::kSignSays; }
};

/// All questions that ask() and converse_about_group() make and that synth writes into groups and
/// needles; the first sentence of a text that is one ("Look at the image. Is there a ring in image
/// 2? Answer yes or no."). None where no sentence is.
std::optional<AskedQuestion> read_question(std::string_view text);

}  // namespace vernier::scenes
