// Questions whose answers follow from the scene.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "datasets/scenes/language/description.h"
#include "datasets/scenes/world/world.h"

namespace vernier::scenes {

enum class QuestionKind : std::uint8_t {
  kExistence,  ///< Is there a red circle?
  kAttribute,  ///< Is the circle red?
  kColor,      ///< What color is the circle?
  kShape,      ///< What shape is the red object?
  kCount,      ///< How many red objects are there?
  kRelation,   ///< Is the red circle to the left of the blue star?
  kOrder,      ///< Which object is leftmost? Which is further left, the star or the circle?
  kSign,       ///< What does the sign say? Does the sign say "STOP"?
};
inline constexpr std::size_t kQuestionKinds = 8;
std::string_view question_kind_name(QuestionKind kind);

struct Question {
  QuestionKind kind = QuestionKind::kExistence;
  Utterance text;
  Utterance answer;       ///< "yes", "no", "3", "red", "small red circle", "STOP"
  bool negative = false;  ///< the answer is no
  bool hard = false;      ///< no, and what is asked for is true of another object of the image
};

/// A question of a kind, or none where the scene has none to ask (no sign, no two things apart).
/// Yes and no are drawn evenly before the question is. A no is hard three times of four where the
/// scene allows it (existence: 19 of 20), and always for relations, which hold the other way
/// round.
std::optional<Question> ask(const World& world, const DrawnScene& scene, QuestionKind kind,
                            SceneRandom& random);

}  // namespace vernier::scenes
