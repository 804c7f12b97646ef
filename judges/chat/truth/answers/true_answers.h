// What the truth answers to all but ratings.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "datasets/scenes/language/questions/question_reader.h"
#include "datasets/scenes/world/drawn_scene.h"
#include "judges/chat/truth/answers/answer_chances.h"
#include "judges/chat/truth/truth_options.h"

namespace vernier::chat {

/// A question about pictures, in the order in which they are shown.
struct AskedPictures {
  std::span<const scenes::DrawnScene* const> scenes;  ///< null: nothing is seen of that one
  std::uint64_t chance = 0;  ///< of the prompt and of all pictures: the source of all chance
};

/// All objects from left to right, as models are taught to say it; with relations: and how each
/// stands to the next one, where both can be told apart.
std::string true_caption(const scenes::DrawnScene& scene, bool with_relations);

/// Yes and no with 1 to 5 logits between them, evenly drawn: a bias of two makes some answers
/// wrong, not all. Others are certain. What is asked of pictures that are not seen is guessed: yes
/// half of the time, any colour, any number from 1 to 4.
std::vector<AnswerChance> question_chances(const TruthOptions& options,
                                           const scenes::AskedQuestion& question,
                                           const AskedPictures& pictures);

/// A or B for captions of these ratings (of 100): ten points are one logit.
std::vector<AnswerChance> pair_chances(const TruthOptions& options, double a, double b,
                                       bool b_first_of_equals);

}  // namespace vernier::chat
