// Columns on a terminal.
#include "metrics/text/unicode/display_width.h"

#include <gtest/gtest.h>

namespace vernier::text {
namespace {

TEST(DisplayWidth, WideAndCombiningCharacters) {
  EXPECT_EQ(display_width(""), 0u);
  EXPECT_EQ(display_width("a dog"), 5u);
  EXPECT_EQ(display_width("caf\u00e9"), 4u);
  EXPECT_EQ(display_width("cafe\u0301"), 4u) << "a combining accent";
  EXPECT_EQ(display_width("\u72ac"), 2u) << "an ideograph";
  EXPECT_EQ(display_width("\uff21"), 2u) << "a full-width letter";
  EXPECT_EQ(display_width("\uff71"), 1u) << "half-width kana";
  EXPECT_EQ(display_width("\U0001F600"), 2u) << "an emoji";
  EXPECT_EQ(display_width("a\u200bb"), 2u) << "a zero-width space";
}

TEST(DisplayWidth, CuttingAndPadding) {
  EXPECT_EQ(prefix_of_width("abc", 2), 2u);
  EXPECT_EQ(prefix_of_width("\u72ac\u732b", 3), 3u) << "no half characters";
  EXPECT_EQ(prefix_of_width("\u72ac", 1), 3u) << "at least one character";
  EXPECT_EQ(prefix_of_width("e\u0301x", 1), 3u) << "marks stay with their letter";
  EXPECT_EQ(cut_to_width("abcdef", 6), "abcdef");
  EXPECT_EQ(cut_to_width("abcdefg", 6), "abc...");
  EXPECT_EQ(cut_to_width("\u72ac\u732b\u9ce5\u9b5a", 6), "\u72ac...");
  EXPECT_EQ(pad_right("\u72ac", 4), "\u72ac  ");
  EXPECT_EQ(pad_left("ab", 4), "  ab");
  EXPECT_EQ(pad_left("abcde", 4), "abcde");
}

}  // namespace
}  // namespace vernier::text
