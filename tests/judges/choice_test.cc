// Letters of options, and what rotating them shows, by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "judges/probes/answers/choice/circular.h"
#include "judges/probes/answers/score/chi_square.h"
#include "tests/support/command.h"

namespace vernier::probes {
namespace {

const std::vector<ChoiceOption> kOptions = {
    {'A', "a dog"}, {'B', "two cats"}, {'C', "both A and B"}, {'D', "dog"}};

std::string letter(std::string_view answer) {
  const auto found = option_letter(answer, kOptions);
  return found ? std::string(1, *found) : "-";
}

TEST(OptionLetter, Table) {
  const std::pair<const char*, const char*> rows[] = {
      {"B", "B"},
      {"b", "B"},
      {"(C)", "C"},
      {"D.", "D"},
      {"**B**", "B"},
      {"\xEF\xBC\xA2", "B"},  // full-width
      {"E", "-"},
      {"", "-"},
      {"The answer is B.", "B"},
      {"Answer: C", "C"},
      {"Option D is right", "D"},
      {"The correct option is (B) two cats", "B"},
      {"C. both A and B", "C"},
      {"B or C", "-"},
      {"A dog is on the left of it", "-"},
      {"A", "A"},
      {"A.", "A"},
      {"A, because it barks", "A"},
      {"two cats", "B"},
      {"There are two cats.", "B"},
      {"I see a dog and two cats", "-"},
      {"dog", "D"},
      {"Sorry, I can't help with that. B", "-"},
      {"I cannot determine the answer", "-"},
      {"<think>A or C</think>B", "B"},
      {"ABC", "-"},
      {"B, not C. The answer is B.", "B"},
      {"nothing of the kind", "-"},
  };
  for (const auto& [answer, expected] : rows) EXPECT_EQ(letter(answer), expected) << answer;
}

TEST(OptionLetter, OptionsInAQuestion) {
  const auto options = options_in("What is it? A. behind B. next to C. on D. into, please choose.");
  ASSERT_EQ(options.size(), 4u);
  EXPECT_EQ(options[1].text, "next to");
  EXPECT_EQ(options[3].text, "into");
  EXPECT_TRUE(options_in("Is it A. or not?").empty());
  EXPECT_TRUE(options_in("").empty());
}

class Rotations : public testing::Test {
 protected:
  RotationFile read(std::string_view text) const {
    return read_rotations(ObjectFile::read(folder_.write("file", text)));
  }
  std::string refusal(std::string_view text) const {
    try {
      read(text);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kBadInput);
      return error.what();
    }
    return "accepted";
  }
  tests::TemporaryFolder folder_;
};

// Question 7 is right both times; question 8 always says B; question 9 names no option once.
constexpr const char* kTwoOptions =
    "index\tA\tB\tanswer\tprediction\n"
    "7\tx\ty\tA\tA\n"
    "1000007\ty\tx\tB\tB\n"
    "8\tx\ty\tA\tB\n"
    "1000008\ty\tx\tB\tB\n"
    "9\tx\ty\tB\tB\n"
    "1000009\ty\tx\tA\twho knows\n";

TEST_F(Rotations, ByHand) {
  const RotationFile file = read(kTwoOptions);
  EXPECT_EQ(file.rows, 6u);
  EXPECT_EQ(file.unparsed, 1u);
  const CircularScores scores = circular_scores(file);
  EXPECT_EQ(scores.circular.part, 1u);
  EXPECT_EQ(scores.circular.whole, 3u);
  EXPECT_EQ(scores.vanilla.part, 2u);
  EXPECT_EQ(scores.per_rotation.part, 4u);
  EXPECT_EQ(scores.same_content.part, 1u);  // 7; 8 chose y, then x
  ASSERT_EQ(scores.by_rotation.size(), 2u);
  EXPECT_EQ(scores.by_rotation[1].part, 2u);
  EXPECT_EQ(scores.by_gold.at({2, 'A'}).part, 1u);
  EXPECT_EQ(scores.by_gold.at({2, 'A'}).whole, 3u);
  EXPECT_EQ(scores.by_gold.at({2, 'B'}).part, 3u);
  // Chosen: A 1, B 4, none 1; gold: 3 and 3.
  EXPECT_EQ(scores.letters.at('A').chosen, 1u);
  EXPECT_EQ(scores.letters.at('B').chosen, 4u);
  EXPECT_NEAR(scores.total_variation, (2.0 + 1 + 1) / 6 / 2, 1e-12);
  EXPECT_NEAR(scores.chi_square, 2 * 1.5 * 1.5 / 2.5, 1e-12);
  EXPECT_NEAR(scores.p, std::erfc(std::sqrt(scores.chi_square / 2)), 1e-12);
  EXPECT_EQ(scores.partly_rotated, 0u);
}

TEST_F(Rotations, AnswersThatNameNothingAreNotTheSame) {
  const CircularScores scores =
      circular_scores(read("index\tA\tB\tanswer\tprediction\n1\tx\ty\tA\t\n1000001\ty\tx\tB\t\n"));
  EXPECT_EQ(scores.same_content.part, 0u);
  EXPECT_TRUE(std::isnan(scores.chi_square));
  EXPECT_NEAR(scores.total_variation, 1, 1e-12);
}

TEST_F(Rotations, OneOptionThatStays) {
  const CircularScores scores = circular_scores(
      read("index\tA\tB\tC\tanswer\tprediction\n1\tx\ty\tnone\tA\tA\n1000001\ty\tx\tnone\tB\tA\n"));
  EXPECT_EQ(scores.partly_rotated, 1u);
  EXPECT_TRUE(scores.by_gold.empty());
}

TEST_F(Rotations, Refused) {
  const std::string head = "index\tA\tB\tanswer\tprediction\n";
  EXPECT_NE(refusal(head + "1\tx\ty\tC\tA\n").find("letter of an option"), std::string::npos);
  EXPECT_NE(refusal(head + "one\tx\ty\tA\tA\n").find("whole number"), std::string::npos);
  EXPECT_NE(refusal(head + "NaN\tx\ty\tA\tA\n").find("whole number"), std::string::npos);
  EXPECT_NE(refusal(head + "1\tx\t\tA\tA\n").find("two options"), std::string::npos);
  EXPECT_NE(refusal(head + "1\tx\ty\tA\tA\n2000001\ty\tx\tB\tB\n").find("rotation 1"),
            std::string::npos);
  EXPECT_NE(refusal(head + "1000001\ty\tx\tB\tB\n").find("rotation 0"), std::string::npos);
  EXPECT_NE(refusal(head + "1\tx\ty\tA\tA\n1000001\ty\tz\tB\tB\n").find("offer the options"),
            std::string::npos);
  EXPECT_NE(refusal(head + "1\tx\ty\tA\tA\n1\tx\ty\tA\tB\n").find("another content"),
            std::string::npos);
  EXPECT_EQ(read(head + "1\tx\ty\tA\tA\n1\tx\ty\tA\tA\n1.0\tx\ty\tA\tA\n").duplicates, 2u);
}

TEST(ChiSquare, KnownTails) {
  EXPECT_NEAR(chi_square_tail(3.841458820694124, 1), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_tail(7.814727903251179, 3), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_tail(2, 2), std::exp(-1.0), 1e-12);
  EXPECT_NEAR(chi_square_tail(0.1, 4), std::exp(-0.05) * 1.05, 1e-12);
  EXPECT_EQ(chi_square_tail(0, 3), 1);
  EXPECT_LT(chi_square_tail(1000, 3), 1e-200);
  EXPECT_TRUE(std::isnan(chi_square_tail(1, 0)));
}

}  // namespace
}  // namespace vernier::probes
