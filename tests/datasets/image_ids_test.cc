#include "datasets/image_ids.h"

#include <gtest/gtest.h>

#include <vector>

namespace vernier {
namespace {

using Ids = std::vector<std::string_view>;

std::string key(IdRule rule, std::string_view id) {
  std::string buffer;
  return std::string(IdMatcher::key(rule, id, buffer));
}

TEST(ImageIds, Keys) {
  for (const char* id : {"42", "000042", "42.0", "4.2e1", "420E-1", "4200e-2", "42.000"}) {
    EXPECT_EQ(key(IdRule::kNumeric, id), "42") << id;
  }
  EXPECT_EQ(key(IdRule::kNumeric, "1e3"), "1000");
  EXPECT_EQ(key(IdRule::kNumeric, "-0"), "0");
  EXPECT_EQ(key(IdRule::kNumeric, "-007"), "-7");
  EXPECT_EQ(key(IdRule::kNumeric, "0e40"), "0");
  for (const char* id : {"4.5", "1e-1", "1e999999999", "", "x1", "1x", "1.", ".5", "1e", "+1"}) {
    EXPECT_EQ(key(IdRule::kNumeric, id), id);
  }
  EXPECT_EQ(key(IdRule::kFileStem, "val/COCO_42.jpg"), "COCO_42");
  EXPECT_EQ(key(IdRule::kFileStem, "C:\\x\\dog.JPEG"), "dog");
  EXPECT_EQ(key(IdRule::kFileStem, "0.1"), "0.1");
  EXPECT_EQ(key(IdRule::kFileStem, ".jpg"), ".jpg");
  EXPECT_EQ(key(IdRule::kFileNumber, "COCO_val2014_000000000042.jpg"), "42");
  EXPECT_EQ(key(IdRule::kFileNumber, "000000000042.jpg"), "42");
  EXPECT_EQ(key(IdRule::kFileNumber, "0"), "0");
  EXPECT_EQ(key(IdRule::kFileNumber, "img42x.jpg"), "img42x.jpg");
}

TEST(ImageIds, ChoosesTheFirstRuleThatMatchesAll) {
  const IdMatcher exact(Ids{"42", "7", "7"}, Ids{"7", "42", "9"});
  EXPECT_EQ(exact.rule(), IdRule::kExact);
  EXPECT_EQ(exact.candidates(), 2u);
  EXPECT_EQ(exact.matched(), 2u);
  EXPECT_EQ(IdMatcher(Ids{"42", "7"}, Ids{"000042", "000007"}).rule(), IdRule::kNumeric);
  EXPECT_EQ(IdMatcher(Ids{"dog.png"}, Ids{"images/dog.jpg"}).rule(), IdRule::kFileStem);
  const IdMatcher number(Ids{"42", "7"},
                         Ids{"COCO_val2014_000000000042.jpg", "COCO_val2014_000000000007.jpg"});
  EXPECT_EQ(number.rule(), IdRule::kFileNumber);
  EXPECT_STREQ(number.description(), "number in the file name");
}

TEST(ImageIds, ChoosesTheRuleThatMatchesMost) {
  const IdMatcher some(Ids{"42", "7", "missing"}, Ids{"000042", "000007"});
  EXPECT_EQ(some.rule(), IdRule::kNumeric);
  EXPECT_EQ(some.matched(), 2u);
  EXPECT_EQ(some.candidates(), 3u);
  const IdMatcher none(Ids{"a"}, Ids{"b"});
  EXPECT_EQ(none.rule(), IdRule::kExact);
  EXPECT_EQ(none.matched(), 0u);
}

TEST(ImageIds, NeverJoinsWhatIsDistinct) {
  // Under the numeric rule 42 and 042 would be one.
  EXPECT_EQ(IdMatcher(Ids{"42", "042", "7"}, Ids{"0042", "007"}).rule(), IdRule::kExact);
  // The file numbers of these references are equal.
  EXPECT_EQ(IdMatcher(Ids{"1"}, Ids{"train_1.jpg", "val_1.jpg"}).matched(), 0u);
}

}  // namespace
}  // namespace vernier
