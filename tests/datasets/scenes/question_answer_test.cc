// Questions about drawn scenes, answered from their text alone.
#include "datasets/scenes/language/questions/question_answer.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "datasets/scenes/language/questions/conversation.h"
#include "datasets/scenes/language/reading/context_reader.h"

namespace vernier::scenes {
namespace {

DrawnObject object(Shape shape, Color color, double x, double y) {
  DrawnObject out;
  out.shape = shape;
  out.color = color;
  out.x = x;
  out.y = y;
  out.radius = 0.1;
  return out;
}

/// A red circle left of and above a blue star, and a sign on the right.
DrawnScene scene() {
  DrawnScene out;
  out.objects = {object(Shape::kCircle, Color::kRed, 0.2, 0.3),
                 object(Shape::kStar, Color::kBlue, 0.5, 0.6),
                 object(Shape::kSign, Color::kWhite, 0.8, 0.5)};
  out.objects[1].pattern = Pattern::kStriped;
  out.objects[1].size = Size::kLarge;
  out.objects[2].text = "STOP";
  out.relations = {{0, Predicate::kLeftOf, 1, 0.3}, {1, Predicate::kRightOf, 0, 0.3}};
  return out;
}

TEST(AnswerQuestion, AnswersAllThatAskAsks) {
  std::map<QuestionKind, int> asked;
  for (std::uint64_t number = 0; number < 2000; ++number) {
    const World world = number % 2 == 0 ? small_world() : full_world();
    const DrawnScene drawn = draw_scene(world, 31, number);
    for (std::size_t k = 0; k < kQuestionKinds; ++k) {
      const auto kind = static_cast<QuestionKind>(k);
      for (std::uint64_t again = 0; again < 4; ++again) {
        SceneRandom random(32 + again, number * kQuestionKinds + k);
        const auto question = ask(world, drawn, kind, random);
        if (!question) continue;
        ++asked[kind];
        EXPECT_EQ(answer_question(drawn, question->text.text), question->answer.text)
            << drawn.id << ": " << question->text.text;
      }
    }
  }
  EXPECT_EQ(asked.size(), kQuestionKinds);
  for (const auto& entry : asked) EXPECT_GT(entry.second, 500) << question_kind_name(entry.first);
}

TEST(AnswerQuestion, AnswersAllConversationsAboutGroups) {
  std::map<AskedFor, int> kinds;
  for (std::uint64_t number = 0; number < 4000; ++number) {
    const World world = number % 2 == 0 ? small_world() : full_world();
    SceneRandom random(33, number);
    std::vector<DrawnScene> group;
    for (std::uint64_t i = 0; i < 2 + number % 3; ++i) {
      group.push_back(draw_scene(world, 34, number * 4 + i));
    }
    std::vector<const DrawnScene*> shown;
    for (const DrawnScene& one : group) shown.push_back(&one);
    const auto about = converse_about_group(world, shown, random);
    if (!about) continue;
    const Turn& turn = about->turns.front();
    const auto question = read_question(turn.question.text);
    ASSERT_TRUE(question) << turn.question.text;
    ++kinds[question->what];
    EXPECT_EQ(answer_question(shown, *question), turn.answer.text) << turn.question.text;
  }
  EXPECT_EQ(kinds.size(), 4u);
  for (const auto& entry : kinds) EXPECT_GT(entry.second, 400);
}

TEST(AnswerQuestion, UnderstandsOtherWords) {
  const DrawnScene drawn = scene();
  const std::map<std::string, std::string> answers = {
      {"Is there any red circle in the image?", "yes"},
      {"Look at the image. Is there a ring in this picture? Answer yes or no.", "no"},
      {"Question: Is there a star?", "yes"},
      {"Is there striped blue star?", "yes"},
      {"Are there any rings?", "no"},
      {"What colour is the star?", "blue"},
      {"Is the star striped?", "yes"},
      {"Is the ring red?", "no"},
      {"Is the sign white?", "no"},  // not spoken of
      {"Is the circle left of the star?", "yes"},
      {"Is the circle to the right of the star?", "no"},
      {"How many objects are there in the image?", "3"},
      {"How many red objects are there?", "1"},
      {"Which object is bottommost?", "blue star"},
      {"Which object is rightmost?", "sign"},
      {"Which is higher, the star or the red circle?", "red circle"},
      {"What does the sign say?", "STOP"},
      {"Does the sign say \"EXIT\"?", "no"},
      {"In image 1, how many stars are there?", "1"},
      {"How many circles are there in image 1?", "1"},
  };
  for (const auto& one : answers) {
    EXPECT_EQ(answer_question(drawn, one.first), one.second) << one.first;
  }
}

TEST(AnswerQuestion, HasNoAnswerToOthers) {
  const DrawnScene drawn = scene();
  for (const char* text :
       {"", "Is there a dog?", "What color is the ring?", "In image 2, how many stars are there?",
        "In image 0, how many stars are there?", "Is there a red blue circle?",
        "Describe the image.", "Which is higher, the star or the ring?",
        "Which image shows a ring?", "Is the circle?", "Is there a star that I like?",
        "In image 1, is there a star in image 2?"}) {
    EXPECT_EQ(answer_question(drawn, text), std::nullopt) << text;
  }
  EXPECT_EQ(answer_question(DrawnScene(), "Which object is leftmost?"), std::nullopt);
}

TEST(AnswerQuestion, AboutSeveralImages) {
  const DrawnScene first = scene();
  DrawnScene second;
  second.objects = {object(Shape::kRing, Color::kGreen, 0.5, 0.5),
                    object(Shape::kCircle, Color::kPink, 0.2, 0.2)};
  const std::vector<const DrawnScene*> shown = {&second, &first};
  const std::map<std::string, std::string> answers = {
      {"In image 1, how many objects are there?", "2"},
      {"In image 2, how many objects are there?", "3"},
      {"How many objects are there?", "5"},
      {"Is there a star?", "yes"},
      {"In image 1, is there a star?", "no"},
      {"Which image shows a star?", "2"},
      {"Which image contains a circle?", "1"},
      {"In which image is there a green ring?", "1"},
      {"How many images show a circle?", "2"},
      {"What does the sign say?", "STOP"},
      {"In image 1, what color is the circle?", "pink"},
  };
  for (const auto& one : answers) {
    EXPECT_EQ(answer_question(shown, one.first), one.second) << one.first;
  }
}

TEST(ReadContext, IsTheWayBackFromVisualContexts) {
  for (std::uint64_t number = 0; number < 2000; ++number) {
    const World world = number % 2 == 0 ? small_world() : full_world();
    const DrawnScene drawn = draw_scene(world, 35, number);
    const std::string text = visual_context(drawn).text;
    const auto read = read_context(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->objects.size(), std::min<std::size_t>(drawn.objects.size(), 5));
    EXPECT_EQ(visual_context(*read).text, text);
  }
}

TEST(ReadContext, RefusesOtherTexts) {
  for (const char* text :
       {"", "A red circle.", "Objects:\n- dog\nFeatures:\nRelationships:",
        "Objects:\n- star\nFeatures:\n- star: furry\nRelationships:",
        "Objects:\n- star\nFeatures:\n- star: small, solid, red",
        "Objects:\n- star\nFeatures:\n- star: small, solid, red\nRelationships:\n"
        "- the red star is above the blue ring"}) {
    EXPECT_FALSE(read_context(text)) << text;
  }
  EXPECT_TRUE(
      read_context("Objects:\n- star\nFeatures:\n- star: small, solid, red\n"
                   "Relationships:"));
}

}  // namespace
}  // namespace vernier::scenes
