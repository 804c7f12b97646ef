// Features of several scales side by side, by hand.
#include "judges/engine/parts/scale_merger.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "judges/engine/cpu/cpu_backend.h"

namespace vernier::engine {
namespace {

class ScaleMergerTest : public testing::Test {
 protected:
  /// Features of one number each, 0, 1, 2, ...
  std::vector<float> merged(const ScaleMerger& merger, std::size_t features, TileGrid last) {
    std::vector<float> from(features);
    std::iota(from.begin(), from.end(), 0.0F);
    const std::size_t count = merger.target(last).tiles() * kSide * kSide;
    std::vector<float> to(count * merger.scales());
    merger.run({from.data(), features, 1}, last, {to.data(), count, merger.scales()});
    return to;
  }

  static constexpr std::size_t kSide = 2;
  std::unique_ptr<Backend> backend_ = make_cpu_backend(1);
};

TEST_F(ScaleMergerTest, SmallMapsAreSpreadOverTheGrid) {
  // A tile of 0 1 / 2 3, then a grid of one row: 4 5 / 6 7 and 8 9 / 10 11.
  const ScaleMerger merger(*backend_, kSide, {1, 1}, 1);
  EXPECT_EQ(merged(merger, 12, {1, 2}), (std::vector<float>{0, 4, 0, 5, 2, 6, 2, 7,  //
                                                            1, 8, 1, 9, 3, 10, 3, 11}));
}

TEST_F(ScaleMergerTest, LargeMapsBecomeMeans) {
  // The grid's map is 4 5 8 9 / 6 7 10 11, of which the first scale has two columns.
  const ScaleMerger merger(*backend_, kSide, {1, 1}, 0);
  EXPECT_EQ(merger.target({1, 2}).tiles(), 1U);
  EXPECT_EQ(merged(merger, 12, {1, 2}), (std::vector<float>{0, 4.5, 1, 8.5, 2, 6.5, 3, 10.5}));
}

TEST_F(ScaleMergerTest, PlacesThatDoNotDivideOverlap) {
  // 4 rows become 6: row 1 of them covers rows 0 and 1, row 2 row 1 alone.
  const ScaleMerger merger(*backend_, kSide, {2, 3}, 1);
  const std::vector<float> out = merged(merger, 16 + 36, {3, 3});
  // The map of the first scale: 0 1 4 5 / 2 3 6 7 / 8 9 12 13 / ...
  EXPECT_EQ(out[0], 0);
  EXPECT_EQ(out[2], 0.5) << "row 0, column 1";
  EXPECT_EQ(out[6], 1.5) << "row 1, column 1: of 0 1 2 3";
  EXPECT_EQ(out[1], 16);
  EXPECT_EQ(out[8], 1) << "row 0, column 2 begins the second tile";
}

TEST_F(ScaleMergerTest, OneTileIsRepeated) {
  const ScaleMerger merger(*backend_, kSide, {1, 2, 3}, 2);
  std::vector<float> from = {1, 2, 3, 4}, to(12);
  merger.repeat({from.data(), 2, 2}, {to.data(), 2, 6});
  EXPECT_EQ(to, (std::vector<float>{1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4}));
}

}  // namespace
}  // namespace vernier::engine
