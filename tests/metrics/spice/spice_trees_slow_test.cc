// All stored trees of the caption sets and of the larger held-out files: some minutes.
#include <gtest/gtest.h>

#include "tests/metrics/spice/parse_trees.h"

namespace vernier::tests {
namespace {

class SpiceTrees : public testing::TestWithParam<std::pair<const char*, std::size_t>> {};

TEST_P(SpiceTrees, EveryTreeIsThatOfCoreNlp) {
  VERNIER_REQUIRE_SHARED("data/oracle/spice_parses");
  VERNIER_REQUIRE_SHARED(kGrammarFile);
  EXPECT_EQ(compare_trees(GetParam().first), GetParam().second);
}

INSTANTIATE_TEST_SUITE_P(Files, SpiceTrees,
                         testing::Values(std::pair("sets_01", std::size_t{20000}),
                                         std::pair("sets_02", std::size_t{1861}),
                                         std::pair("train_01", std::size_t{20000}),
                                         std::pair("train_02", std::size_t{12254})),
                         [](const auto& file) { return std::string(file.param.first); });

}  // namespace
}  // namespace vernier::tests
