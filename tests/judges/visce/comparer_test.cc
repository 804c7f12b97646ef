// Two captions in both orders.
#include "judges/visce/comparer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/scripted_model.h"

namespace vernier::visce {
namespace {

using tests::ScriptedModel;

Seen picture() {
  auto picture = std::make_shared<chat::Picture>();
  picture->name = picture->bytes = "one";
  return see(picture);
}

/// P(the caption with "good" in it), and how much more the first place is worth.
ScriptedModel judge(double good, double first) {
  return ScriptedModel([good, first](const chat::ChatRequest& request) {
    const std::string& text = tests::last_text(request);
    const bool good_first = text.find("good") < text.find("bad");
    const double logit = (good_first ? 1 : -1) * std::log(good / (1 - good)) + first;
    const double a = 0.9 / (1 + std::exp(-logit));
    chat::ChatAnswer answer;
    answer.choices = {std::log(a), std::log(0.9 - a)};
    return answer;
  });
}

const prompts::PromptSet kPrompts = prompts::open_prompts("general");

TEST(Comparer, AFairJudgeSaysTheSameInBothOrders) {
  ScriptedModel model = judge(0.8, 0);
  Comparer comparer(model, kPrompts);
  const auto found = comparer.compare(std::vector<ComparisonCase>{
      {"a good one", "a bad one", picture()}, {"a bad one", "a good one", picture()}});
  EXPECT_NEAR(found[0].a_first, 0.8, 1e-12);
  EXPECT_NEAR(found[0].a_second, 0.8, 1e-12);
  EXPECT_NEAR(found[1].a_better(), 0.2, 1e-12);
  EXPECT_TRUE(found[0].consistent());
  EXPECT_TRUE(found[0].parsed());
  EXPECT_NEAR(found[0].mass, 0.9, 1e-12);
  EXPECT_EQ(model.asked.size(), 4U);
}

TEST(Comparer, TheFirstPlaceIsFoundOut) {
  ScriptedModel model = judge(0.6, 2);
  Comparer comparer(model, kPrompts);
  const auto found =
      comparer.compare(std::vector<ComparisonCase>{{"a good one", "a bad one", picture()}});
  EXPECT_GT(found[0].a_first, 0.9);
  EXPECT_LT(found[0].a_second, 0.5);
  EXPECT_FALSE(found[0].consistent());
}

TEST(Comparer, OtherAnswersAreNone) {
  ScriptedModel model([](const chat::ChatRequest&) {
    chat::ChatAnswer answer;
    answer.choices = {-10.0, std::nan("")};
    return answer;
  });
  Comparer comparer(model, kPrompts);
  EXPECT_FALSE(
      comparer.compare(std::vector<ComparisonCase>{{"good", "bad", picture()}})[0].parsed());
}

/// "A" is one token, "B" are two: what comes next does not tell how likely B is.
class TwoTokens : public ScriptedModel {
 public:
  explicit TwoTokens(chat::ChatFailure failure = chat::ChatFailure::kNone)
      : ScriptedModel([failure](const chat::ChatRequest& request) {
          chat::ChatAnswer answer;
          if (!request.forced) {
            answer.choices = {std::log(0.1), std::nan("")};
            return answer;
          }
          EXPECT_TRUE(request.choices.empty());
          if (*request.forced == "B") {
            answer.failure = failure;
            answer.error = "gone";
            answer.forced = {std::log(0.9), std::log(0.8), std::log(1.0)};
          } else {
            answer.forced = {std::log(0.1), std::log(0.8)};
          }
          return answer;
        }) {}
  bool scores_texts() const override { return true; }
};

TEST(Comparer, AnswersOfSeveralTokensAreMeasuredWhole) {
  TwoTokens model;
  Comparer comparer(model, kPrompts);
  const auto found =
      comparer.compare(std::vector<ComparisonCase>{{"a", "b", picture()}, {"c", "d", picture()}});
  for (const Comparison& one : found) {
    EXPECT_NEAR(one.mass, 0.8, 1e-12);
    EXPECT_NEAR(one.a_first, 0.1, 1e-12);
    EXPECT_NEAR(one.a_second, 0.9, 1e-12);
  }
  EXPECT_EQ(model.asked.size(), 12U) << "twice a pair, then twice for each of those";
}

TEST(Comparer, AFailureOnTheWayIsOne) {
  TwoTokens model(chat::ChatFailure::kService);
  Comparer comparer(model, kPrompts);
  const auto found = comparer.compare(std::vector<ComparisonCase>{{"a", "b", picture()}});
  EXPECT_EQ(found[0].failure, chat::ChatFailure::kService);
  EXPECT_EQ(found[0].error, "gone");
}

}  // namespace
}  // namespace vernier::visce
