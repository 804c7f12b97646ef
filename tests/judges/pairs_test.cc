// Judges that saw both orders, by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "judges/probes/answers/pairs/order_bias.h"
#include "tests/support/command.h"

namespace vernier::probes {
namespace {

class Pairs : public testing::Test {
 protected:
  PairFile read(std::string_view text) const {
    return read_pair_decisions(ObjectFile::read(folder_.write("file", text)));
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

const std::string kHead =
    "pair_id\tsource\tlabel\tdecision_original_order\tdecision_swapped_order\n";

TEST_F(Pairs, ByHand) {
  const PairFile file = read(kHead +
                             "1\tmmlu-pro-law\tA>B\tA>B\tB>A\n"    // right both times
                             "2\tmmlu-pro-math\tA>B\tA>B\tA>B\n"   // always the first
                             "3\tlivebench-math\tB>A\tA>B\tB>A\n"  // wrong both times
                             "4\tlivebench-math\tB>A\tA=B\tA>B\n"  // tie, then right
                             "5\tlivecodebench\tA>B\tB>A\tB>A\n"   // always the second
                             "6\tother\tA>B\t\tB>A\n");            // one missing, one right
  const auto subsets = order_bias(file);
  ASSERT_EQ(subsets.size(), 5u);
  EXPECT_EQ(subsets[1].subset, "knowledge");
  EXPECT_EQ(subsets[1].pairs, 2u);
  EXPECT_EQ(subsets[2].subset, "math");
  EXPECT_EQ(subsets[3].subset, "coding");
  EXPECT_EQ(subsets[4].subset, "other");
  const OrderBias& all = subsets[0];
  EXPECT_EQ(all.pairs, 6u);
  EXPECT_EQ(all.swap_accuracy.part, 3u);  // 1, 4, 6
  EXPECT_EQ(all.inconsistency.part, 3u);  // 2, 4, 5
  EXPECT_EQ(all.inconsistent_or_missing, 4u);
  EXPECT_EQ(all.prefers_first, 1u);
  EXPECT_EQ(all.prefers_second, 1u);
  EXPECT_EQ(all.tie_in_one, 1u);
  EXPECT_EQ(all.missing, 1u);
  EXPECT_EQ(all.missing_decisions, 1u);
  EXPECT_EQ(all.first_position.whole, 10u);
  EXPECT_EQ(all.first_position.part, 5u);
  EXPECT_EQ(all.accuracy_original.part, 2u);  // 1, 2
  EXPECT_EQ(all.accuracy_swapped.part, 4u);   // 1, 4, 5, 6
  EXPECT_EQ(all.longer_wins.whole, 0u);
}

TEST_F(Pairs, JudgmentsAndLengths) {
  const PairFile file = read(
      R"({"pair_id":"1","source":"x","label":"A>B","response_A":"long one","response_B":"short",
          "judgments":[{"decision":"[[A>>B]]"},{"decision":"B > A"}]}
         {"pair_id":"2","label":"B>A","response_A":"aaaa","response_B":"bbbb",
          "judgments":[null,{"decision":"I would say the first"}]})");
  EXPECT_EQ(file.unreadable, 1u);
  const auto subsets = order_bias(file);
  ASSERT_EQ(subsets.size(), 2u);
  EXPECT_EQ(subsets[0].swap_accuracy.part, 1u);
  EXPECT_EQ(subsets[0].longer_wins.part, 2u);
  EXPECT_EQ(subsets[0].longer_wins.whole, 2u);
  EXPECT_EQ(subsets[0].longer_is_better.whole, 1u);
  EXPECT_EQ(subsets[0].matched_swap_accuracy.whole, 1u);
  EXPECT_EQ(subsets[0].missing_decisions, 2u);
}

TEST_F(Pairs, TiesAsLabels) {
  const auto subsets = order_bias(read(kHead + "1\tx\tA=B\tA>B\tA>B\n2\tx\tA=B\t\t\n"));
  EXPECT_EQ(subsets[0].swap_accuracy.part, 1u);  // first both times cancels out; nothing is no tie
}

TEST_F(Pairs, Refused) {
  EXPECT_NE(refusal(kHead + "1\tx\tA\xE2\x89\xA5"
                            "B\tA>B\tA>B\n")
                .find("A>B, B>A or A=B"),
            std::string::npos);
  EXPECT_NE(refusal(kHead + "1\tx\tA>B\tA>B\tA>B\n1\tx\tA>B\tA>B\tB>A\n").find("each pair once"),
            std::string::npos);
  EXPECT_EQ(read(kHead + "1\tx\tA>B\tA>B\tA>B\n1\tx\tA>B\tA>B\tA>B\n").duplicates, 1u);
  EXPECT_NE(refusal(R"({"pair_id":1,"label":"A>B","judgments":[{"decision":"A>B"}]})")
                .find("two judgments"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"pair_id":1,"label":"A>B","judgments":[{"decision":3},null]})")
                .find("a text or null"),
            std::string::npos);
  EXPECT_NE(refusal("pair_id\tlabel\tdecision_1\tdecision_2\tlength_a\tlength_b\n"
                    "1\tA>B\tA>B\tA>B\tNaN\t3\n")
                .find("finite number"),
            std::string::npos);
}

TEST(Preference, Forms) {
  EXPECT_EQ(parse_preference("A>B"), 1);
  EXPECT_EQ(parse_preference("[[B>>A]]"), -1);
  EXPECT_EQ(parse_preference("a < b"), -1);
  EXPECT_EQ(parse_preference("tie"), 0);
  EXPECT_EQ(parse_preference("A>B>C"), std::nullopt);
  EXPECT_EQ(parse_preference(""), std::nullopt);
  EXPECT_EQ(subset_of("mmlu-pro-computer science"), "knowledge");
  EXPECT_EQ(subset_of("my-own"), "my-own");
}

}  // namespace
}  // namespace vernier::probes
