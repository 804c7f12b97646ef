// Grids of tiles: those that Python chooses (tests/oracles/vila_models.py), and the
// specification's.
#include "datasets/images/plan/ratio_grid.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "datasets/images/resample/resize.h"
#include "tests/datasets/images/drawn.h"

namespace vernier::images {
namespace {

using test::number;

TEST(RatioGrid, IsTheOracles) {
  const auto rows = test::golden_table("ratio_grids.tsv");
  ASSERT_GE(rows.size(), 800u);
  for (const auto& row : rows) {
    const RatioGrid grid =
        plan_ratio_grid({number(row[0]), number(row[1])}, {number(row[2]), number(row[3]), 448});
    EXPECT_EQ(grid, (RatioGrid{number(row[4]), number(row[5])}))
        << row[0] << " x " << row[1] << ", " << row[2] << " to " << row[3];
  }
}

TEST(RatioGrid, PlansOfTheSpecification) {
  const struct {
    Size size;
    RatioGrid s2, tiles;
  } cases[] = {{{640, 480}, {4, 3}, {4, 3}},
               {{500, 333}, {4, 3}, {3, 2}},
               {{480, 640}, {3, 4}, {3, 4}},
               {{1000, 300}, {6, 2}, {3, 1}},
               {{448, 448}, {3, 3}, {1, 1}}};
  for (const auto& one : cases) {
    EXPECT_EQ(plan_ratio_grid(one.size, {9, 12, 448}), one.s2) << one.size.width;
    EXPECT_EQ(plan_ratio_grid(one.size, {1, 12, 448}), one.tiles) << one.size.width;
  }
}

TEST(RatioGrid, LargePicturesGetTheLargerOfEqualGrids) {
  EXPECT_EQ(plan_ratio_grid({448, 448}, {1, 12, 448}), (RatioGrid{1, 1}));
  EXPECT_EQ(plan_ratio_grid({634, 634}, {1, 12, 448}), (RatioGrid{2, 2})) << "more than 2 tiles";
  EXPECT_EQ(plan_ratio_grid({633, 633}, {1, 12, 448}), (RatioGrid{1, 1}));
}

TEST(RatioGrid, TilesAreThoseOfTheSquashedPicture) {
  const Image image = test::picture({50, 31}, 4);
  const std::vector<Image> tiles = grid_tiles(image, {3, 2}, 16);
  ASSERT_EQ(tiles.size(), 6u);
  const Image whole = resize(image, {48, 32}, Filter::kBicubic);
  for (std::uint32_t y = 0; y < 32; ++y) {
    for (std::uint32_t x = 0; x < 48; ++x) {
      EXPECT_EQ(tiles[y / 16 * 3 + x / 16].at(x % 16, y % 16), whole.at(x, y));
    }
  }
}

TEST(RatioGrid, ExtremeShapesAndRanges) {
  EXPECT_EQ(plan_ratio_grid({1, 100'000'000}, {1, 12, 448}), (RatioGrid{1, 12}));
  EXPECT_EQ(plan_ratio_grid({0xFFFFFFFFu, 1}, {1, 12, 448}), (RatioGrid{12, 1}));
  EXPECT_EQ(plan_ratio_grid({3, 7}, {5, 5, 1}), (RatioGrid{1, 5}));
  for (const RatioGridOptions& options :
       {RatioGridOptions{0, 12, 448}, {13, 12, 448}, {1, 12, 0}, {1, 400, 448}, {1, 1, 8193}}) {
    EXPECT_THROW(plan_ratio_grid({640, 480}, options), Error);
  }
}

}  // namespace
}  // namespace vernier::images
