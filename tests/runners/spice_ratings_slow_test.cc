// The exact parser's SPICE on Flickr8k-Expert: about half a minute.
#include <gtest/gtest.h>

#include "tests/metrics/spice/parse_trees.h"
#include "tests/runners/spice_ratings.h"

namespace vernier::tests {
namespace {

TEST(SpiceRatings, TheExactParserOnFlickr8kExpert) {
  VERNIER_REQUIRE_SHARED(kRatings);
  VERNIER_REQUIRE_SHARED(kGrammarFile);
  setenv("VERNIER_SPICE_GRAMMAR", shared(kGrammarFile).c_str(), 1);
  EXPECT_NEAR(spice_tau("spice"), kSpiceTau, 0.0005);
}

}  // namespace
}  // namespace vernier::tests
