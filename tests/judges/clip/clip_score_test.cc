// The arithmetic of CLIPScore on vectors that can be checked by hand.
#include "judges/clip/clip_score.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "base/error.h"

namespace vernier::clip {
namespace {

ExitCode refusal(const Embedding& a, const Embedding& b) {
  try {
    cosine(a, b);
  } catch (const Error& error) {
    return error.code();
  }
  return ExitCode::kOk;
}

TEST(Cosine, IsThatOfTheDirections) {
  EXPECT_DOUBLE_EQ(cosine(Embedding{3, 4}, Embedding{4, 3}), 0.96);
  EXPECT_DOUBLE_EQ(cosine(Embedding{3, 4}, Embedding{400, 300}), 0.96);
  EXPECT_DOUBLE_EQ(cosine(Embedding{1, 0}, Embedding{0, 7}), 0);
  EXPECT_DOUBLE_EQ(cosine(Embedding{1, 2, 2}, Embedding{-2, -4, -4}), -1);
  // Vectors as they come: neither overflow nor underflow of 32 bits.
  EXPECT_DOUBLE_EQ(cosine(Embedding{3e30F, 4e30F}, Embedding{3e-30F, 4e-30F}), 1);
}

TEST(Cosine, NeverLeavesItsRange) {
  for (int i = 1; i < 200; ++i) {
    Embedding a;
    for (int k = 0; k < 512; ++k) a.push_back(std::sin(static_cast<float>(i * k + 1)));
    EXPECT_LE(cosine(a, a), 1);
    EXPECT_GT(cosine(a, a), 1 - 1e-12);
  }
}

TEST(Cosine, RefusesVectorsWithoutDirection) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinite = std::numeric_limits<float>::infinity();
  EXPECT_EQ(refusal({0, 0}, {1, 0}), ExitCode::kResource);
  EXPECT_EQ(refusal({1, nan}, {1, 0}), ExitCode::kResource);
  EXPECT_EQ(refusal({1, 0}, {1, infinite}), ExitCode::kResource);
  EXPECT_EQ(refusal({1, 0}, {1, 0, 0}), ExitCode::kInternal);
  EXPECT_EQ(refusal({}, {}), ExitCode::kResource);
}

TEST(ClipScore, IsTheCosineTwoAndAHalfTimes) {
  EXPECT_DOUBLE_EQ(clip_score(0.32), 0.8);
  EXPECT_DOUBLE_EQ(clip_score(1), 2.5);
  EXPECT_DOUBLE_EQ(clip_score(0), 0);
  EXPECT_DOUBLE_EQ(clip_score(-0.2), 0);
}

TEST(RefClipScore, IsTheHarmonicMeanWithTheLargestCosineOfAReference) {
  // 2 * 0.8 * 0.6 / 1.4: the weight of 2.5 is in the first, not in the second.
  EXPECT_DOUBLE_EQ(ref_clip_score(clip_score(0.32), 0.6), 0.96 / 1.4);
  EXPECT_DOUBLE_EQ(ref_clip_score(2.5, 1), 10.0 / 7);
  EXPECT_DOUBLE_EQ(ref_clip_score(0.5, 0.5), 0.5);
}

TEST(RefClipScore, IsZeroWithEitherOfTheTwo) {
  EXPECT_EQ(ref_clip_score(0, 0.9), 0);
  EXPECT_EQ(ref_clip_score(0.8, 0), 0);
  EXPECT_EQ(ref_clip_score(0.8, -0.4), 0);
  EXPECT_EQ(ref_clip_score(0, 0), 0);
  EXPECT_EQ(ref_clip_score(0, -1), 0);
}

}  // namespace
}  // namespace vernier::clip
