// What is said about scenes, as questions and answers: the training data of a model.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "datasets/scenes/language/questions/question.h"
#include "datasets/scenes/world/world.h"

namespace vernier::scenes {

/// The words that captions, contexts and ratings are asked for with. A model that was trained on
/// these conversations is to be asked in the same words.
struct Prompts {
  std::string caption = "Describe the image.";
  std::string context = "List the objects, their features and their relationships.";
  /// Followed by the caption.
  std::string rating = "Rate from 0 to 100 how well this caption fits the image.\nCaption: ";
};

struct Turn {
  Utterance question, answer;
};

struct Conversation {
  std::string kind;
  std::vector<std::string> images;
  std::vector<Turn> turns;
};

/// How many conversations of each kind a scene gives, where it gives any.
struct ConversationPlan {
  unsigned existence = 3, attribute = 3, color = 2, shape = 1, count = 2, relation = 3, order = 1,
           sign = 2;
  unsigned captions = 1, contexts = 1, ratings = 3, direct_ratings = 1;
};

/// The visual context of a scene as VisCE²'s first stage asks for it (specs: objects, features,
/// relationships, five things at most), from left to right.
Utterance visual_context(const DrawnScene& scene);

/// `other` gives the captions of another image. Ratings come with the context before them
/// (`ratings` conversations that share it) and without.
std::vector<Conversation> converse(const World& world, const DrawnScene& scene,
                                   const DrawnScene& other, const ConversationPlan& plan,
                                   const Prompts& prompts, SceneRandom& random);

/// A question about two to four images shown together, in any of these ways: which of them has
/// something, whether one of them has it (hard: another has), how many have it, what colour it has
/// in one of them. None where chance found no such question.
std::optional<Conversation> converse_about_group(const World& world,
                                                 std::span<const DrawnScene* const> scenes,
                                                 SceneRandom& random);

}  // namespace vernier::scenes
