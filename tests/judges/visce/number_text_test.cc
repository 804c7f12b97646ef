// Numbers in what models write.
#include "judges/visce/rating/number_text.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace vernier::visce {
namespace {

struct Row {
  std::string text;
  std::optional<double> number;
};

TEST(NumberText, IsTheRatingThatIsMeant) {
  const std::vector<Row> rows = {
      // plain
      {"85", 85},
      {" 85 ", 85},
      {"85.", 85},
      {"85\n", 85},
      {"**85**", 85},
      {"0", 0},
      {"100", 100},
      {"100.", 100},
      {"7", 7},
      {"(85)", 85},
      {"\"85\"", 85},
      {"<85>", 85},
      {"85!", 85},
      {"= 85", 85},
      // decimals, and the trap of "0.85": it is not 85, and it is not 0
      {"72.5", 72.5},
      {"72,5", 72.5},
      {"0.85", 0.85},
      {"I give it 99.9 points", 99.9},
      // scales of their own
      {"8/10", 80},
      {"8 / 10", 80},
      {"8 out of 10", 80},
      {"score: 8/10", 80},
      {"Rating: 4/5", 80},
      {"85/100", 85},
      {"85 out of 100.", 85},
      {"85%", 85},
      {"85 %", 85},
      {"85 percent", 85},
      {"7.5/10", 75},
      {"11/10", std::nullopt},
      {"120%", std::nullopt},
      // words around it
      {"Score: 85", 85},
      {"score:85", 85},
      {"SCORE = 85", 85},
      {"The score is 85.", 85},
      {"Rating: **85**", 85},
      {"I would rate this caption 85.", 85},
      {"I'd rate it at 85 because 2 dogs are missing.", 85},
      {"My rating is 40, as there are 3 dogs and not 2.", 40},
      {"There are 3 dogs, so the score is 40", 40},
      {"There are 2 dogs. Rating: 60", 60},
      {"Initially my score was 50; final score: 70", 70},
      {"In 1995, I'd say 80", 80},
      {"The photo of 2012 deserves 65", 65},
      {"Two dogs; 75", 75},
      {"On a scale of 0 to 100, 90", 90},
      {"On a scale from 0-100 I give 90", 90},
      {"From 0 to 100: 35", 35},
      {"Between 0 and 100 it is 35.", 35},
      {"(0-100): 35", 35},
      {"1. The dog is there.\n2. The cat is not.\nScore: 55", 55},
      {"Rating: 85 (0 = bad, 100 = perfect)", 85},
      // none
      {"", std::nullopt},
      {"perfect", std::nullopt},
      {"I cannot rate this image.", std::nullopt},
      {"one hundred", std::nullopt},
      {"-5", std::nullopt},
      {"Rating: -10", std::nullopt},
      {"101", std::nullopt},
      {"1000", std::nullopt},
      {"1995", std::nullopt},
      {"image2 is a dog", std::nullopt},
      {"3D graphics", std::nullopt},
      {"It is 12:30 on the clock.", std::nullopt},
      {"v1.2.3", std::nullopt},
      {"\xff\xfe\x80", std::nullopt},
      {"\xe5\x8d\x81", std::nullopt},
  };
  EXPECT_GE(rows.size(), 60U);
  for (const Row& row : rows) {
    const std::optional<double> number = read_number(row.text, {});
    ASSERT_EQ(number.has_value(), row.number.has_value()) << "\"" << row.text << "\"";
    if (number) {
      EXPECT_DOUBLE_EQ(*number, *row.number) << "\"" << row.text << "\"";
    }
  }
}

TEST(NumberText, KnowsOtherScales) {
  EXPECT_EQ(read_number("4", {.scale = {1, 5}}), 4);
  EXPECT_EQ(read_number("0", {.scale = {1, 5}}), std::nullopt);
  EXPECT_EQ(read_number("6", {.scale = {1, 5}}), std::nullopt);
  EXPECT_EQ(read_number("50%", {.scale = {1, 5}}), 3);
  EXPECT_EQ(read_number("0.85", {.scale = {}, .unit_interval = true}), 85);
  EXPECT_EQ(read_number("1", {.scale = {}, .unit_interval = true}), 100);
  EXPECT_EQ(read_number("85", {.scale = {}, .unit_interval = true}), std::nullopt);
}

}  // namespace
}  // namespace vernier::visce
