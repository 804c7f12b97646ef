// From pictures to tensors: the bits that the processors of transformers give (tests/oracles).
#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"
#include "datasets/images/pixels/normaliser.h"
#include "datasets/images/plan/any_res.h"
#include "datasets/images/plan/single_view.h"
#include "datasets/images/plan/splitting.h"
#include "datasets/images/resample/resize.h"
#include "tests/datasets/images/drawn.h"

namespace vernier::images {
namespace {

using test::number;
using test::picture;

constexpr Filter kBicubic = Filter::kBicubic;

AnyResOptions any_res_options(std::uint32_t tile, std::uint32_t patch) {
  const std::uint32_t two = 2 * tile, three = 3 * tile;
  return {
      {{two, tile}, {tile, two}, {two, two}, {tile, three}, {three, tile}}, tile, patch, kBicubic};
}

/// The tiles of a processor of tests/oracles/images_processors.py.
std::vector<Image> tiles_of(const std::string& processor, const Image& image) {
  const auto splits = [&](const SplittingOptions& options) {
    return split(image, plan_splitting(image.size(), options), options);
  };
  if (processor == "clip") return {centre_view(image, 28, {28, 28}, kBicubic)};
  if (processor == "clip-margin") return {centre_view(image, 28, {33, 37}, kBicubic)};
  if (processor == "siglip") return {resize(image, {27, 27}, kBicubic)};
  if (processor == "llava-pad") {
    const Rgb ground = mean_colour(kClipNormalisation.mean);
    return {centre_view(padded_square(image, ground), 28, {28, 28}, kBicubic)};
  }
  if (processor == "llava-next") {
    const AnyResOptions options = any_res_options(28, 7);
    return any_res_tiles(image, plan_any_res(image.size(), options), options);
  }
  if (processor == "idefics3") return splits({96, 24, true, Filter::kLanczos});
  if (processor == "smolvlm") return splits({100, 32, true, Filter::kLanczos});
  if (processor == "smolvlm-one") return splits({20, 32, true, Filter::kLanczos});
  if (processor == "smolvlm-whole") return splits({100, 32, false, Filter::kLanczos});
  ADD_FAILURE() << processor;
  return {};
}

TEST(Processors, TensorsEqualThoseOfTransformersBitForBit) {
  const auto rows = test::golden_table("processors.tsv");
  ASSERT_GE(rows.size(), 54u);
  for (const auto& row : rows) {
    const auto tiles = tiles_of(row[0], picture({number(row[1]), number(row[2])}, number(row[3])));
    const bool clip = row[0].starts_with("clip") || row[0].starts_with("llava");
    const Normaliser normaliser(clip ? kClipNormalisation : kHalfNormalisation);
    ASSERT_FALSE(tiles.empty());
    std::vector<float> tensor;
    for (const Image& tile : tiles) {
      const auto pixels = normaliser.pixels(tile);
      tensor.insert(tensor.end(), pixels.begin(), pixels.end());
    }
    const Size size = tiles[0].size();
    EXPECT_EQ(std::to_string(tiles.size()) + "x3x" + std::to_string(size.height) + "x" +
                  std::to_string(size.width),
              row[4]);
    EXPECT_EQ(test::hash_of(std::span<const float>(tensor)), test::hexadecimal(row[5]))
        << row[0] << ", " << row[1] << " x " << row[2];
  }
}

TEST(Processors, PlansEqualThoseOfTransformers) {
  const auto rows = test::golden_table("plans.tsv");
  ASSERT_GE(rows.size(), 15u);
  for (const auto& row : rows) {
    const Size size{number(row[0]), number(row[1])};
    EXPECT_EQ(plan_any_res(size, any_res_options(336, 14)).tokens(), number(row[2])) << row[0];
    const SplittingPlan plan = plan_splitting(size, {});
    EXPECT_EQ(plan.first, (Size{number(row[3]), number(row[4])})) << row[0] << " x " << row[1];
    EXPECT_EQ(plan.rows, number(row[5])) << row[0] << " x " << row[1];
    EXPECT_EQ(plan.columns, number(row[6])) << row[0] << " x " << row[1];
  }
}

TEST(Processors, AnyResPlansOfTheSpecification) {
  const struct {
    Size size, canvas;
    std::uint32_t rows, columns, tokens;
  } cases[] = {{{640, 480}, {672, 672}, 36, 48, 2340}, {{500, 333}, {672, 336}, 24, 36, 1464},
               {{480, 640}, {672, 672}, 48, 36, 2352}, {{1000, 300}, {1008, 336}, 22, 72, 2182},
               {{336, 336}, {672, 336}, 24, 24, 1176}, {{2048, 1365}, {672, 672}, 32, 48, 2144}};
  for (const auto& one : cases) {
    const AnyResPlan plan = plan_any_res(one.size, any_res_options(336, 14));
    EXPECT_EQ(plan.canvas, one.canvas);
    EXPECT_EQ(plan.kept_rows, one.rows);
    EXPECT_EQ(plan.kept_columns, one.columns);
    EXPECT_EQ(plan.tokens(), one.tokens);
    EXPECT_EQ(plan.rows * plan.columns * 336 * 336, plan.canvas.pixels());
  }
}

TEST(Processors, SplittingPlansOfTheSpecification) {
  const struct {
    Size size;
    std::uint32_t rows, columns, frames;
  } cases[] = {{{640, 480}, 3, 4, 13},
               {{500, 333}, 3, 4, 13},
               {{480, 640}, 4, 3, 13},
               {{1000, 300}, 2, 4, 9},
               {{2048, 1365}, 3, 4, 13}};
  for (const auto& one : cases) {
    const SplittingPlan plan = plan_splitting(one.size, {});
    EXPECT_EQ(plan.rows, one.rows);
    EXPECT_EQ(plan.columns, one.columns);
    EXPECT_EQ(plan.frames(), one.frames);
  }
}

TEST(Processors, ExtremeShapesAreAnsweredOrRefused) {
  const Image narrow = picture({1, 60'000}, 0);
  EXPECT_EQ(centre_view(narrow, 336, {336, 336}, kBicubic).size(), (Size{336, 336}));
  EXPECT_THROW(padded_square(narrow, {}), Error);
  for (const Size size : {Size{1, 100'000'000}, Size{100'000'000, 1}, Size{0xFFFFFFFFu, 1}}) {
    EXPECT_THROW(size_of_shortest_edge(size, 336), Error);
    const SplittingPlan plan = plan_splitting(size, {});
    EXPECT_LE(plan.second.pixels(), 2048u * 512u);
    const AnyResPlan any_res = plan_any_res(size, any_res_options(336, 14));
    EXPECT_LE(any_res.resized.width, any_res.canvas.width);
    EXPECT_LE(any_res.resized.height, any_res.canvas.height);
    EXPECT_LE(any_res.kept_rows, any_res.rows * 24);
    EXPECT_LE(any_res.kept_columns, any_res.columns * 24);
  }
}

TEST(Processors, BadConfigurationsAreRefused) {
  const auto refuses = [](auto ask) {
    try {
      ask();
      ADD_FAILURE() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kResource) << error.what();
    }
  };
  const Size size{64, 48};
  refuses([&] { plan_any_res(size, {{}, 336, 14, kBicubic}); });
  refuses([&] { plan_any_res(size, {{{672, 335}}, 336, 14, kBicubic}); });
  refuses([&] { plan_any_res(size, {{{672, 0}}, 336, 14, kBicubic}); });
  refuses([&] { plan_any_res(size, {{{672, 336}}, 336, 13, kBicubic}); });
  refuses([&] { plan_any_res(size, {{{672, 336}}, 0, 14, kBicubic}); });
  refuses([&] { plan_any_res(size, {{{672, 336}}, 336, 0, kBicubic}); });
  refuses([&] { plan_any_res(size, {{{336 * 30'000, 336 * 30'000}}, 336, 14, kBicubic}); });
  refuses([&] { centre_view(picture(size, 1), 0, {28, 28}, kBicubic); });
  refuses([&] { centre_view(picture(size, 1), 28, {28, 0}, kBicubic); });
  refuses([&] { centre_view(picture(size, 1), 28, {0xFFFFFFFFu, 28}, kBicubic); });
  refuses([&] { plan_splitting(size, {0, 512, true, Filter::kLanczos}); });
  refuses([&] { plan_splitting(size, {2048, 0, true, Filter::kLanczos}); });
  refuses([&] { plan_splitting(size, {5000, 512, true, Filter::kLanczos}); });
  refuses([&] { Normaliser({{0.5, 0.5, 0.5}, {0.5, 0, 0.5}}); });
  refuses([&] { Normaliser({{0.5, std::numeric_limits<double>::quiet_NaN(), 0.5}, {1, 1, 1}}); });
  refuses([&] { Normaliser({{0, 0, 0}, {1, 1, 1}, std::numeric_limits<double>::infinity()}); });
}

TEST(Processors, PixelsLieChannelByChannel) {
  Image image({2, 1});
  const std::vector<std::uint8_t> bytes = {0, 51, 255, 255, 102, 0};
  std::ranges::copy(bytes, image.row(0).begin());
  const auto pixels = Normaliser({{0, 0, 0}, {1, 1, 1}}).pixels(image);
  EXPECT_EQ(pixels, (std::vector<float>{0, 1, 0.2f, 0.4f, 1, 0}));
  std::vector<float> small(5);
  EXPECT_THROW(Normaliser(kHalfNormalisation).write(image, small), Error);
}

TEST(Processors, MeanColoursAreCut) {
  EXPECT_EQ(mean_colour(kClipNormalisation.mean), (Rgb{122, 116, 104}));
  EXPECT_EQ(mean_colour({0.5, 0, 1}), (Rgb{127, 0, 255}));
}

TEST(Images, AccessIsChecked) {
  Image image({3, 2}, {1, 2, 3});
  EXPECT_EQ(image.at(2, 1), (Rgb{1, 2, 3}));
  EXPECT_EQ(image.bytes().size(), 18u);
  EXPECT_THROW(static_cast<void>(image.at(3, 0)), Error);
  EXPECT_THROW(static_cast<void>(image.at(0, 2)), Error);
  EXPECT_THROW(static_cast<void>(image.row(2)), Error);
  EXPECT_THROW(Image({0, 2}), Error);
  EXPECT_THROW(crop(image, {1, 0, {3, 1}}), Error);
  EXPECT_THROW(crop(image, {0xFFFFFFFFu, 0, {1, 1}}), Error);
  EXPECT_THROW(crop(image, {0, 0, {0, 1}}), Error);
  EXPECT_THROW(place(image, {3, 3}, 0, 2, {}), Error);
  const Image placed = place(image, {5, 4}, 1, 2, {9, 8, 7});
  EXPECT_EQ(placed.at(0, 0), (Rgb{9, 8, 7}));
  EXPECT_EQ(placed.at(3, 3), (Rgb{1, 2, 3}));
  EXPECT_EQ(placed.at(4, 3), (Rgb{9, 8, 7}));
}

}  // namespace
}  // namespace vernier::images
