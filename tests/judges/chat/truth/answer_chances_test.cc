// Tokens of answers that are known as a whole.
#include "judges/chat/truth/answers/answer_chances.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace vernier::chat {
namespace {

const std::vector<AnswerChance> kNumbers = {{"0", 0.05},  {"8", 0.1}, {"80", 0.2},
                                            {"85", 0.25}, {"9", 0.1}, {"100", 0.3}};

std::vector<double> probabilities(const AnswerChances& chances,
                                  const std::vector<std::string>& tokens) {
  std::vector<double> out = chances.choices(tokens);
  for (double& one : out) one = std::exp(one);
  return out;
}

TEST(AnswerChances, WalksTheTrieOfDigits) {
  const std::vector<std::string> digits = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  const AnswerChances first(kNumbers, "");
  const std::vector<double> begin = probabilities(first, digits);
  EXPECT_NEAR(begin[0], 0.05, 1e-12);
  EXPECT_NEAR(begin[1], 0.3, 1e-12);
  EXPECT_NEAR(begin[8], 0.55, 1e-12);
  EXPECT_NEAR(begin[9], 0.1, 1e-12);
  EXPECT_EQ(begin[2], 0);
  EXPECT_EQ(first.choices(digits)[2], kNever);
  EXPECT_EQ(first.end(), kNever);
  EXPECT_EQ(first.likeliest(), "100") << "though 8 is the likeliest first digit";

  const AnswerChances eight(kNumbers, "Score: 8");
  const std::vector<double> next = probabilities(eight, digits);
  EXPECT_NEAR(std::exp(eight.end()), 0.1 / 0.55, 1e-12);
  EXPECT_NEAR(next[0], 0.2 / 0.55, 1e-12);
  EXPECT_NEAR(next[5], 0.25 / 0.55, 1e-12);
  EXPECT_EQ(eight.likeliest(), "5");
  EXPECT_EQ(AnswerChances(kNumbers, "100").end(), 0);
  EXPECT_EQ(AnswerChances(kNumbers, "10").choices(digits)[0], 0);
  EXPECT_EQ(AnswerChances(kNumbers, "57").end(), 0) << "no number that can come";
  EXPECT_EQ(AnswerChances(kNumbers, "Out of 100: ").end(), kNever);
}

TEST(AnswerChances, KnowsSingleTokens) {
  const AnswerChances chances({{"yes", 0.75}, {"no", 0.25}}, "Answer: ");
  const std::vector<std::string> tokens = {"yes", "Yes", " no", "maybe", "yes no", "", "10", "\n"};
  const std::vector<double> told = chances.choices(tokens);
  EXPECT_NEAR(std::exp(told[0]), 0.75, 1e-12);
  EXPECT_EQ(told[1], kNever) << "another spelling of what was counted";
  EXPECT_NEAR(std::exp(told[2]), 0.25, 1e-12);
  EXPECT_EQ(told[3], kNever);
  EXPECT_TRUE(std::isnan(told[4]));
  EXPECT_TRUE(std::isnan(told[5]));
  EXPECT_TRUE(std::isnan(told[6]));
  EXPECT_EQ(told[7], kNever);
  EXPECT_EQ(AnswerChances({{"yes", 1}, {"no", 0}}, "no").end(), 0);
  EXPECT_EQ(AnswerChances({{"A red circle.", 1}}, "A red").likeliest(), " circle.");
  EXPECT_EQ(AnswerChances({{"A red circle.", 1}}, "Caption: ").likeliest(), "A red circle.");
}

TEST(WriteTokens, StopsWhereItIsTold) {
  const std::string text = "A red circle, 42.";
  EXPECT_EQ(count_tokens(text), 7u);
  const WrittenText all = write_tokens(text, 7, {});
  EXPECT_EQ(all.text, text);
  EXPECT_TRUE(all.finished);
  const WrittenText cut = write_tokens(text, 5, {});
  EXPECT_EQ(cut.text, "A red circle, 4");
  EXPECT_FALSE(cut.finished);
  EXPECT_EQ(write_tokens(text, 0, {}).text, "");
  const std::vector<std::string> stops = {"", ",", "red"};
  const WrittenText stopped = write_tokens(text, 100, stops);
  EXPECT_EQ(stopped.text, "A ");
  EXPECT_TRUE(stopped.finished);
}

}  // namespace
}  // namespace vernier::chat
