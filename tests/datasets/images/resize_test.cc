// Resized pictures: the bytes that Pillow gives, and parts of them.
#include "datasets/images/resample/resize.h"

#include <gtest/gtest.h>

#include <map>

#include "base/error.h"
#include "datasets/images/resample/weighted_sum.h"
#include "datasets/images/resample/weights.h"
#include "tests/datasets/images/drawn.h"

namespace vernier::images {
namespace {

using test::hash_of;
using test::number;
using test::picture;

const std::map<std::string, Filter> kFilters = {{"nearest", Filter::kNearest},
                                                {"lanczos", Filter::kLanczos},
                                                {"bilinear", Filter::kBilinear},
                                                {"bicubic", Filter::kBicubic}};

TEST(Resize, EqualsPillowBitForBit) {
  const auto rows = test::golden_table("resample.tsv");
  ASSERT_GE(rows.size(), 160u);
  for (const auto& row : rows) {
    const Image image = picture({number(row[0]), number(row[1])}, number(row[5]));
    const Image out = resize(image, {number(row[2]), number(row[3])}, kFilters.at(row[4]));
    EXPECT_EQ(hash_of(out.bytes()), test::hexadecimal(row[6]))
        << row[0] << " x " << row[1] << " to " << row[2] << " x " << row[3] << ", " << row[4];
  }
}

TEST(Resize, APartIsThatPartOfTheWhole) {
  const struct {
    Size from, to;
    Box part;
  } cases[] = {{{50, 40}, {30, 60}, {3, 5, {20, 17}}},  {{50, 40}, {50, 60}, {49, 59, {1, 1}}},
               {{50, 40}, {90, 40}, {0, 39, {90, 1}}},  {{50, 40}, {50, 40}, {7, 8, {9, 10}}},
               {{50, 90}, {60, 40}, {11, 7, {20, 30}}}, {{7, 90}, {21, 270}, {0, 100, {21, 21}}}};
  for (const auto& one : cases) {
    const Image image = picture(one.from, 3);
    for (const auto& [name, filter] : kFilters) {
      const Image whole = resize(image, one.to, filter);
      const Image part = resize_part(image, one.to, filter, one.part);
      const Image expected = crop(whole, one.part);
      ASSERT_EQ(part.size(), one.part.size);
      EXPECT_EQ(hash_of(part.bytes()), hash_of(expected.bytes())) << name;
    }
  }
}

TEST(Resize, APartOfAVeryLongPictureIsCheap) {
  const Image image = picture({1, 40'000}, 1);
  const Image part =
      resize_part(image, {336, 13'440'000}, Filter::kBicubic, {0, 6'719'832, {336, 336}});
  EXPECT_EQ(part.size(), (Size{336, 336}));
}

TEST(Resize, OneColourStaysOneColour) {
  const Rgb colour{201, 7, 255};
  for (const auto& [name, filter] : kFilters) {
    for (const Size size : {Size{3, 200}, Size{200, 3}, Size{1, 1}, Size{41, 43}}) {
      const Image out = resize(Image({37, 29}, colour), size, filter);
      for (std::uint32_t y = 0; y < size.height; ++y) {
        for (std::uint32_t x = 0; x < size.width; ++x) ASSERT_EQ(out.at(x, y), colour) << name;
      }
    }
  }
}

TEST(Resize, WeightsOfAnOutputSampleAddUpToOne) {
  for (const Filter filter : {Filter::kLanczos, Filter::kBilinear, Filter::kBicubic}) {
    for (const auto& [inputs, outputs] : {std::pair{1000u, 7u}, {7u, 1000u}, {5u, 5u}, {1u, 3u}}) {
      const AxisWeights weights(filter, inputs, outputs, 0, outputs);
      for (std::uint32_t i = 0; i < outputs; ++i) {
        const Taps taps = weights.taps(i);
        ASSERT_LE(taps.first + taps.weights.size(), inputs);
        std::int64_t sum = 0;
        for (const std::int32_t weight : taps.weights) sum += weight;
        EXPECT_NEAR(static_cast<double>(sum), 1 << kWeightBits,
                    static_cast<double>(taps.weights.size()));
      }
    }
  }
}

TEST(Resize, EveryLevelOfProcessorGivesTheSameBytes) {
  const Image image = picture({50, 11}, 7);
  const auto bytes = image.bytes();
  const AxisWeights weights(Filter::kLanczos, 11, 3, 0, 3);
  for (const std::size_t lanes : {1u, 7u, 8u, 15u, 16u, 48u, 63u, 150u}) {
    std::vector<std::uint8_t> expected(lanes), found(lanes);
    const auto add = [&](CpuLevel level, std::vector<std::uint8_t>& out) {
      weighted_sum(level)(bytes.data(), image.row_bytes(), weights.taps(1).weights, lanes,
                          out.data());
    };
    add(CpuLevel::kPortable, expected);
    for (const CpuLevel level : {CpuLevel::kAvx2, CpuLevel::kAvx512}) {
      if (level > cpu_level()) continue;
      add(level, found);
      EXPECT_EQ(found, expected) << lanes;
    }
  }
}

TEST(Resize, NothingIsRefused) {
  const Image image({2, 2});
  EXPECT_THROW(resize(image, {0, 3}, Filter::kBicubic), Error);
  EXPECT_THROW(resize(image, {3, 0}, Filter::kNearest), Error);
  EXPECT_THROW(resize(Image(), {3, 3}, Filter::kBicubic), Error);
  EXPECT_THROW(resize_part(image, {3, 3}, Filter::kBicubic, {1, 1, {3, 1}}), Error);
  EXPECT_THROW(resize_part(image, {3, 3}, Filter::kBicubic, {0xFFFFFFFFu, 0, {2, 1}}), Error);
}

}  // namespace
}  // namespace vernier::images
