// Small pieces of the page about checkpoints: numbers, marked words, names of units, labels.
#include <gtest/gtest.h>

#include "results/report/html/first_difference.h"
#include "results/report/html/text.h"
#include "results/report/precision/charts/label_places.h"
#include "results/report/precision/charts/log_scale.h"
#include "results/report/precision/reading/unit_order.h"

namespace vernier::report {
namespace {

TEST(PrecisionWords, NumbersOfAnySizeHaveDigitsThatSaySomething) {
  EXPECT_EQ(significant_text(0.0096909), "0.00969");
  EXPECT_EQ(significant_text(12.345), "12.3");
  EXPECT_EQ(significant_text(9.9996), "10.0");
  EXPECT_EQ(significant_text(0.00009), "9.00·10⁻⁵");
  EXPECT_EQ(significant_text(-3.28e-7, 2), "−3.3·10⁻⁷");
  EXPECT_EQ(significant_text(123456), "123456");
  EXPECT_EQ(significant_text(1.5e12), "1.50·10¹²");
  EXPECT_EQ(significant_text(0), "0");
  EXPECT_EQ(significant_text(NAN), "–");
  EXPECT_EQ(significant_interval_text(0.0071544, NAN), "–");
}

TEST(PrecisionWords, TheFirstWordThatDiffersIsMarked) {
  using Texts = std::pair<std::string, std::string>;
  EXPECT_EQ(marked_difference("a red dog", "a rod dog"),
            Texts("a <mark class=\"m3\">red</mark> dog", "a <mark class=\"m3\">rod</mark> dog"));
  EXPECT_EQ(marked_difference("dog", "cat & co"),
            Texts("<mark class=\"m3\">dog</mark>", "<mark class=\"m3\">cat</mark> &amp; co"));
  EXPECT_EQ(marked_difference("a dog", "a dog runs"),
            Texts("a <mark class=\"m3\">dog</mark>", "a <mark class=\"m3\">dog</mark> runs"));
  EXPECT_EQ(marked_difference("a dog ", "a dog runs"),
            Texts("a dog <mark class=\"m3\">∎</mark>", "a dog <mark class=\"m3\">runs</mark>"));
  EXPECT_EQ(marked_difference("same", "same"), Texts("same", "same"));
  EXPECT_EQ(marked_difference("", "a").first, "<mark class=\"m3\">∎</mark>");
  // é and è differ in their second byte: the letter stays whole.
  EXPECT_EQ(marked_difference("été", "étè").second, "<mark class=\"m3\">étè</mark>");
  // Where words are not divided by spaces, what is marked begins at the letter.
  std::string same;
  for (int n = 0; n < 20; ++n) same += "語";
  EXPECT_EQ(marked_difference(same + "犬", same + "猫").first,
            same + "<mark class=\"m3\">犬</mark>");
}

TEST(PrecisionWords, UnitsComeInTheOrderOfTheModel) {
  const PrecisionUnits::Unit units[] = {{"language layer 10, mlp", 3, 1},
                                        {"another part", 9, 1},
                                        {"language layer 9, mlp", 2, 1},
                                        {"language last norm and head", 1, 1},
                                        {"language layer 9, attention", 1, 1},
                                        {"vision layer 99999999999999999999", 1, 1},
                                        {"language layer x", 1, 1},
                                        {"projector", 1, 1}};
  std::string order;
  for (const UnitRow& row : unit_rows(units)) {
    order += row.name + ":";
    for (const UnitRow::Part& part : row.parts) order += part.name + ",";
    order += " ";
  }
  EXPECT_EQ(order,
            "projector:, language layer 9:attention,mlp, language layer 10:mlp, language last norm "
            "and head:, another part:, vision layer 99999999999999999999:, language layer x:, ");
}

TEST(PrecisionWords, LayersInARowAreOneName) {
  const std::string names[] = {
      "language layer 3, mlp", "vision layer 0", "language layer 1, attention",
      "language layer 2, mlp", "vision layer 1", "another <part>",
      "language embedding",    "vision layer 3"};
  EXPECT_EQ(unit_names(names),
            "vision layers 0–1, vision layer 3, language embedding, language layer 1, attention, "
            "language layers 2–3 mlp, another <part>");
  EXPECT_EQ(unit_names({}), "");
}

TEST(PrecisionWords, LabelsLieOverNothing) {
  LabelPlaces places({0, 0, 100, 100});
  places.keep_free(20, 50);
  places.keep_free(40, 50);
  const auto first = places.place(20, 50, "int4");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->anchor, " middle") << "a point is on the right, the edge on the left";
  const auto second = places.place(40, 50, "int8");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->anchor, "");
  EXPECT_FALSE(places.place(50, 50, std::string(60, 'x'))) << "there is no room";
}

TEST(PrecisionWords, DecadesHoldEveryPositiveNumber) {
  const double values[] = {0.0002, 7, 0, NAN, -3};
  const Decades decades = decades_of(values);
  EXPECT_EQ(decades.low, -4);
  EXPECT_EQ(decades.high, 1);
  EXPECT_EQ(decades.exponent(0.01), -2);
  EXPECT_EQ(decades.exponent(0), -4);
  EXPECT_EQ(decades.exponent(NAN), -4);
  EXPECT_EQ(decades.exponent(1e300), 1);
  EXPECT_EQ(decades.ticks(3), (std::vector<int>{-4, -2, 0}));
  const double far[] = {1e-300, 1e300};
  EXPECT_EQ(decades_of(far).low, -9);
  EXPECT_EQ(decades_of(far).high, 9);
}

}  // namespace
}  // namespace vernier::report
