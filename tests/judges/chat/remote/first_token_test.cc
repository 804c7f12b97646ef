#include "judges/chat/remote/reply/first_token.h"

#include <gtest/gtest.h>

#include <cmath>

namespace vernier::chat {
namespace {

double chance(const ChatAnswer& answer, std::size_t choice) {
  return std::exp(answer.choices[choice]);
}

TokenPlace place(const std::string& text, double probability,
                 std::vector<TokenChance> others = {}) {
  TokenPlace out{text, std::log(probability), {{text, std::log(probability)}}};
  for (TokenChance& other : others) {
    other.log_probability = std::log(other.log_probability);
    out.top.push_back(other);
  }
  return out;
}

TEST(FirstToken, VariantsOfAChoiceAreAddedUp) {
  ChatAnswer answer;
  const TokenPlace places[] = {place(
      "8", 0.4, {{" 8", 0.2}, {"\u25818", 0.1}, {"\u01208", 0.05}, {"80", 0.04}, {"  8", 0.01}})};
  const std::vector<std::string> choices = {"8", "80", "9"};
  EXPECT_EQ(fill_first_token(places, 0, choices, answer), "");
  EXPECT_NEAR(chance(answer, 0), 0.75, 1e-12);
  EXPECT_NEAR(chance(answer, 1), 0.04, 1e-12);
  EXPECT_TRUE(std::isnan(answer.choices[2]));
  EXPECT_NEAR(answer.top_mass, 0.8, 1e-12);
  ASSERT_EQ(answer.top.size(), 6U);
  EXPECT_EQ(answer.top[0].text, "8");
}

TEST(FirstToken, ATokenCountsOnceAndForItsEqual) {
  ChatAnswer answer;
  const TokenPlace places[] = {place(" 8", 0.5, {{"8", 0.25}})};
  const std::vector<std::string> choices = {"8", " 8"};
  EXPECT_EQ(fill_first_token(places, 0, choices, answer), "");
  EXPECT_NEAR(chance(answer, 0), 0.25, 1e-12);
  EXPECT_NEAR(chance(answer, 1), 0.5, 1e-12);
}

TEST(FirstToken, LooksThroughBlanks) {
  ChatAnswer answer;
  const TokenPlace places[] = {place(" ", 0.8, {{"8", 0.1}, {"9", 0.05}}), place("\u2581", 1.0),
                               place("8", 0.5, {{"7", 0.25}}), place("!", 1.0)};
  const std::vector<std::string> choices = {"8", "7", "9", "!"};
  EXPECT_EQ(fill_first_token(places, 0, choices, answer), "");
  EXPECT_NEAR(chance(answer, 0), 0.1 + 0.8 * 0.5, 1e-12);
  EXPECT_NEAR(chance(answer, 1), 0.8 * 0.25, 1e-12);
  EXPECT_NEAR(chance(answer, 2), 0.05, 1e-12);
  EXPECT_TRUE(std::isnan(answer.choices[3]));
  EXPECT_NEAR(answer.top_mass, 0.1 + 0.05 + 0.8 * 0.75, 1e-12);
}

TEST(FirstToken, ABlankThatIsAChoiceIsNotLookedThrough) {
  ChatAnswer answer;
  const TokenPlace places[] = {place("\n", 0.8), place("8", 1.0)};
  const std::vector<std::string> choices = {"8", "\n"};
  EXPECT_EQ(fill_first_token(places, 0, choices, answer), "");
  EXPECT_TRUE(std::isnan(answer.choices[0]));
  EXPECT_NEAR(chance(answer, 1), 0.8, 1e-12);
}

TEST(FirstToken, TheTokenItselfNeedNotBeAmongTheLikeliest) {
  ChatAnswer answer;
  const TokenPlace places[] = {{"8", std::log(0.1), {{"9", std::log(0.6)}}}};
  const std::vector<std::string> choices = {"8"};
  EXPECT_EQ(fill_first_token(places, 0, choices, answer), "");
  EXPECT_NEAR(chance(answer, 0), 0.1, 1e-12);
  EXPECT_NEAR(answer.top_mass, 0.7, 1e-12);
}

TEST(FirstToken, ComesBehindWhatIsRepeated) {
  ChatAnswer answer;
  const TokenPlace places[] = {place("Score", 1.0), place(":", 1.0), place(" 8", 0.5),
                               place("5", 1.0)};
  const std::vector<std::string> choices = {"8"};
  EXPECT_EQ(fill_first_token(places, 6, choices, answer), "");
  EXPECT_NEAR(chance(answer, 0), 0.5, 1e-12);
  // A token across the border tells nothing.
  ChatAnswer other;
  EXPECT_EQ(fill_first_token(places, 7, choices, other), "");
  EXPECT_TRUE(std::isnan(other.choices[0]));
  EXPECT_TRUE(other.top.empty());
}

TEST(FirstToken, NothingToldIsNothingKnown) {
  ChatAnswer answer;
  const std::vector<std::string> choices = {"8"};
  EXPECT_EQ(fill_first_token({}, 0, choices, answer), "");
  EXPECT_TRUE(std::isnan(answer.choices[0]));
  EXPECT_TRUE(answer.top.empty());
  EXPECT_EQ(answer.top_mass, 0);
}

TEST(FirstToken, MoreThanEverythingIsAnError) {
  ChatAnswer answer;
  const TokenPlace places[] = {place("8", 0.9, {{"9", 0.9}})};
  EXPECT_NE(fill_first_token(places, 0, {}, answer), "");
}

TEST(FirstToken, MinusInfinityIsNoNumberToAddWrongly) {
  ChatAnswer answer;
  const TokenPlace places[] = {{"8", -0.1, {{"8", -0.1}, {" 8", -3.4e38}, {"\u25818", -9999.0}}}};
  const std::vector<std::string> choices = {"8"};
  EXPECT_EQ(fill_first_token(places, 0, choices, answer), "");
  EXPECT_DOUBLE_EQ(answer.choices[0], -0.1);
}

TEST(RepeatedStart, AsideFromBlanks) {
  EXPECT_EQ(repeated_start("Score: 85", "Score: "), 6U);
  EXPECT_EQ(repeated_start("\n Score:85", "\nScore: "), 8U);
  EXPECT_EQ(repeated_start("85", "Score: "), 0U);
  EXPECT_EQ(repeated_start("85", ""), 0U);
  EXPECT_EQ(repeated_start("", " "), 0U);
  EXPECT_EQ(repeated_start("  x", "  "), 0U);
}

}  // namespace
}  // namespace vernier::chat
