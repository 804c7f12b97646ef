// Questions and conversations about drawn scenes.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "datasets/scenes/language/questions/conversation.h"

namespace vernier::scenes {
namespace {

TEST(Questions, AreBalancedAndHard) {
  for (const World& world : {small_world(), full_world()}) {
    std::map<QuestionKind, std::array<int, 2>> answers;  // no, yes
    std::map<QuestionKind, int> noes, hard;              // where there are two things to mix up
    for (std::uint64_t number = 0; number < 4000; ++number) {
      const DrawnScene scene = draw_scene(world, 11, number);
      for (const QuestionKind kind : {QuestionKind::kExistence, QuestionKind::kAttribute,
                                      QuestionKind::kRelation, QuestionKind::kSign}) {
        SceneRandom random(12, number);
        const auto question = ask(world, scene, kind, random);
        if (!question || (question->answer.text != "yes" && !question->negative)) continue;
        ++answers[kind][question->negative ? 0 : 1];
        const auto plain = std::ranges::count_if(
            scene.objects, [](const DrawnObject& object) { return !object.is_sign(); });
        if (plain < 2 || !question->negative) continue;
        ++noes[kind];
        hard[kind] += question->hard;
      }
    }
    for (const auto& [kind, counts] : answers) {
      const double yes = counts[1], all = counts[0] + counts[1];
      EXPECT_NEAR(yes / all, 0.5, 0.08) << question_kind_name(kind) << " of " << all;
      if (kind == QuestionKind::kSign) continue;  // there is but one sign
      EXPECT_GE(hard[kind], noes[kind] / 2) << question_kind_name(kind);
    }
    EXPECT_EQ(answers.size(), 4u);
  }
}

TEST(Questions, MentionsStandWhereTheySay) {
  const World world = full_world();
  std::set<std::string> kinds;
  for (std::uint64_t number = 0; number < 300; ++number) {
    const DrawnScene scene = draw_scene(world, 13, number);
    SceneRandom random(14, number);
    for (std::size_t k = 0; k < kQuestionKinds; ++k) {
      const auto kind = static_cast<QuestionKind>(k);
      const auto question = ask(world, scene, kind, random);
      if (!question) continue;
      kinds.emplace(question_kind_name(kind));
      EXPECT_FALSE(question->answer.text.empty());
      EXPECT_TRUE(question->text.text.ends_with("?"));
      for (const Mention& mention : question->text.mentions) {
        const std::string words =
            question->text.text.substr(mention.start, mention.end - mention.start);
        EXPECT_FALSE(words.starts_with(" ") || words.ends_with(" "));
        for (const Referent& referent : mention.referents) {
          const DrawnObject& object = scene.objects[referent.object];
          const bool named = words.find(word(object.shape)) != std::string::npos ||
                             words.find("object") != std::string::npos;
          EXPECT_TRUE(named) << words;
        }
      }
    }
  }
  EXPECT_EQ(kinds.size(), kQuestionKinds);
}

TEST(VisualContext, HasThreeSections) {
  DrawnScene scene;
  DrawnObject circle, star;
  circle.color = Color::kGreen;
  circle.x = 0.8;
  star.shape = Shape::kStar;
  star.pattern = Pattern::kStriped;
  star.size = Size::kLarge;
  star.x = 0.2;
  scene.objects = {circle, star};
  scene.relations = {{1, Predicate::kLeftOf, 0, 0.6}, {0, Predicate::kRightOf, 1, 0.6}};
  EXPECT_EQ(visual_context(scene).text,
            "Objects:\n- star\n- circle\nFeatures:\n- star: large, striped, red\n- circle: small, "
            "solid, green\nRelationships:\n- the red star is to the left of the green circle");
}

TEST(Conversations, HoldEveryKind) {
  const World world = small_world();
  std::map<std::string, int> kinds;
  for (std::uint64_t number = 0; number < 200; ++number) {
    const DrawnScene scene = draw_scene(world, 15, number);
    const DrawnScene other = draw_scene(world, 15, number + 1000);
    SceneRandom random(16, number);
    for (const Conversation& one : converse(world, scene, other, {}, {}, random)) {
      ++kinds[one.kind];
      EXPECT_EQ(one.images, std::vector<std::string>{scene.id});
      for (const Turn& turn : one.turns) {
        EXPECT_FALSE(turn.question.text.empty());
        EXPECT_FALSE(turn.answer.text.empty());
      }
      if (one.kind == "rating") {
        const int rating = std::stoi(one.turns.back().answer.text);
        EXPECT_TRUE(rating >= 0 && rating <= 100 && rating % 5 == 0);
      }
    }
    std::vector<const DrawnScene*> group = {&other, &scene};
    if (const auto about = converse_about_group(world, group, random)) {
      ++kinds["group"];
      EXPECT_EQ(about->images.size(), 2u);
    }
  }
  EXPECT_EQ(kinds["caption"], 200);
  EXPECT_EQ(kinds["context"], 200);
  EXPECT_EQ(kinds["rating"], 800);
  EXPECT_GT(kinds["group"], 190);
  EXPECT_EQ(kinds.size(), kQuestionKinds + 4);
}

}  // namespace
}  // namespace vernier::scenes
