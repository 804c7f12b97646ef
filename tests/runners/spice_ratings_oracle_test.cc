// The fast parser's SPICE agrees with people as the exact one's does (spice_ratings_slow_test.cc),
// and puts captioning systems in the same order.
#include <gtest/gtest.h>

#include <map>

#include "tests/runners/spice_ratings.h"

namespace vernier::tests {
namespace {

TEST(SpiceRatingsOracle, TheFastParserOnFlickr8kExpert) {
  VERNIER_REQUIRE_SHARED(kRatings);
  EXPECT_NEAR(spice_tau("spice-fast"), kSpiceTau, 0.5);
}

TEST(SpiceRatingsOracle, TheFastParserRanksSystemsAsTheOriginal) {
  VERNIER_REQUIRE_SHARED("data/oracle/sets");
  std::map<double, std::string> original, fast;
  for (const char* name : {"thumb_human", "thumb_unified_vlp", "thumb_up_down", "thumb_vinvl_base",
                           "thumb_vinvl_large"}) {
    std::vector<TextSample> samples;
    double stored = 0, computed = 0;
    for (const std::string& line :
         read_lines(shared(std::string("data/oracle/sets/") + name + "/expected.jsonl.gz"))) {
      const Json record = Json::parse(line);
      samples.push_back({record["candidate_tokens"], record["reference_tokens"]});
      stored += record["scores"]["spice"].get<double>();
    }
    ASSERT_EQ(samples.size(), 500u);
    for (const double score : spice_column("spice-fast", samples)) computed += score;
    EXPECT_NEAR(computed / 500, stored / 500, 0.006) << name;
    original[stored] = name;
    fast[computed] = name;
  }
  const auto names = [](const std::map<double, std::string>& by_score) {
    std::vector<std::string> order;
    for (const auto& [score, name] : by_score) order.push_back(name);
    return order;
  };
  EXPECT_EQ(names(fast), names(original));
}

}  // namespace
}  // namespace vernier::tests
