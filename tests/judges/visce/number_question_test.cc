// The distribution over the digits, against the probability of every number as a whole answer.
#include "judges/visce/rating/number_question.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "judges/chat/local/local_model.h"
#include "judges/visce/context/context_maker.h"
#include "tests/support/drawn_picture.h"

namespace vernier::visce {
namespace {

chat::LocalModel& model() {
  static chat::LocalModel one({.folder = std::string(VERNIER_SOURCE) + "/judges/model/default",
                               .chat_template = "",
                               .threads = 2,
                               .limits = {}});
  return one;
}

chat::ChatRequest rating(std::uint64_t scene, const std::string& caption) {
  chat::ChatRequest request;
  request.pictures = {tests::drawn_picture(scene)};
  request.messages = {user_message(
      "Rate from 0 to 100 how well this caption fits the image.\nCaption: " + caption, 1)};
  return request;
}

TEST(NumberQuestion, IsThatOfWholeAnswers) {
  const chat::ChatRequest base = rating(3, "A small red circle and a large blue star.");
  std::vector<chat::ChatRequest> whole;
  for (int n = 0; n <= 100; ++n) {
    whole.push_back(base);
    whole.back().forced = std::to_string(n);
  }
  std::vector<double> p(whole.size());
  model().run(whole, [&](std::size_t i, const chat::ChatAnswer& answer) {
    p[i] = std::exp(std::accumulate(answer.forced.begin(), answer.forced.end(), 0.0));
  });
  const std::vector<NumberAnswer> answers = ask_numbers(model(), std::vector{base}, {}, 0.0);
  ASSERT_EQ(answers.size(), 1U);
  ASSERT_EQ(answers[0].failure, chat::ChatFailure::kNone) << answers[0].error;
  for (std::size_t n = 0; n <= 100; ++n) {
    // A blank or a full stop instead of the end is a hair's breadth more.
    EXPECT_NEAR(answers[0].chances.p[n], p[n], 1e-4) << n;
    EXPECT_GE(answers[0].chances.p[n], p[n] - 1e-6) << n;
  }
  EXPECT_GT(answers[0].chances.mass(), 0.98);
  EXPECT_EQ(answers[0].chances.pruned, 0);
}

TEST(NumberQuestion, DoesNotDependOnWhatElseIsAsked) {
  std::vector<chat::ChatRequest> requests;
  for (std::uint64_t scene = 0; scene < 6; ++scene) {
    requests.push_back(rating(scene, "There is a green square."));
    requests.push_back(rating(scene, "A large cyan triangle and a small red star."));
  }
  const std::vector<NumberAnswer> together = ask_numbers(model(), requests, {});
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const std::vector<NumberAnswer> alone = ask_numbers(model(), std::span(&requests[i], 1), {});
    EXPECT_EQ(alone[0].chances.p, together[i].chances.p) << i;
  }
}

TEST(NumberQuestion, FailuresAreTheirs) {
  auto broken = std::make_shared<chat::Picture>();
  broken->name = "broken.png";
  broken->bytes = "no picture";
  std::vector<chat::ChatRequest> requests = {rating(1, "A red circle."), rating(1, "A star.")};
  requests[0].pictures = {broken};
  const std::vector<NumberAnswer> answers = ask_numbers(model(), requests, {});
  EXPECT_EQ(answers[0].failure, chat::ChatFailure::kPicture);
  EXPECT_NE(answers[0].error.find("broken.png"), std::string::npos);
  EXPECT_EQ(answers[1].failure, chat::ChatFailure::kNone);
  EXPECT_GT(answers[1].chances.mass(), 0.9);
}

}  // namespace
}  // namespace vernier::visce
