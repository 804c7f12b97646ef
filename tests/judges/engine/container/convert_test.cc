// Conversions against NumPy and PyTorch (tests/oracles/container_goldens.py), and by definition.
#include "judges/engine/container/values/convert.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.h"
#include "judges/engine/container/values/finite.h"
#include "judges/engine/container/values/half_range.h"
#include "tests/judges/engine/container/folder.h"
#include "tests/judges/engine/container/refusal.h"

namespace vernier::engine {
namespace {

template <class T>
std::uint32_t crc(const std::vector<T>& values) {
  return static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<const Bytef*>(values.data()),
                                            static_cast<uInt>(values.size() * sizeof(T))));
}

std::uint32_t golden_value(const char* name) {
  const auto path =
      std::filesystem::path(VERNIER_SOURCE) / "tests/judges/engine/container/values_golden.json";
  return nlohmann::json::parse(read_file(path)).at(name).get<std::uint32_t>();
}

/// What the script converts: random numbers in and around the range of halves, every middle
/// between two neighbouring halves, ends and zeros.
std::vector<float> samples() {
  std::vector<float> floats;
  std::uint64_t state = 0;
  for (int n = 0; n < 1 << 16; ++n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const auto bits = static_cast<std::uint32_t>(state >> 32);
    floats.push_back(
        std::bit_cast<float>((bits & 0x807FFFFFu) | (100u + (bits >> 23 & 0xFFu) % 46u) << 23));
  }
  std::vector<float> middles;
  const auto value = [](std::uint32_t half) {
    return float_of_half(static_cast<std::uint16_t>(half));
  };
  for (std::uint32_t half = 0; half < 0x7BFF; ++half) {
    middles.push_back((value(half) + value(half + 1)) / 2);
  }
  floats.insert(floats.end(), middles.begin(), middles.end());
  for (float& middle : middles) middle = -middle;
  floats.insert(floats.end(), middles.begin(), middles.end());
  for (const double end : {65504., 65519.996, 65520., 1e9, HUGE_VAL, 0., -0., 1e-40, 3e38}) {
    floats.push_back(static_cast<float>(end));
  }
  return floats;
}

template <class T>
std::span<const std::byte> bytes_of(const std::vector<T>& values) {
  return std::as_bytes(std::span(values));
}

TEST(Convert, AllHalvesByDefinition) {
  for (std::uint32_t half = 0; half < 0x10000; ++half) {
    const float value = float_of_half(static_cast<std::uint16_t>(half));
    const int exponent = half >> 10 & 31;
    const double fraction = half & 1023;
    if (exponent == 31 && fraction != 0) {
      ASSERT_TRUE(std::isnan(value)) << half;
      continue;
    }
    const double magnitude = exponent == 31  ? HUGE_VAL
                             : exponent == 0 ? std::ldexp(fraction, -24)
                                             : std::ldexp(1024 + fraction, exponent - 25);
    ASSERT_EQ(value, (half & 0x8000u) != 0 ? -magnitude : magnitude) << half;
    ASSERT_EQ(std::signbit(value), (half & 0x8000u) != 0) << half;
    ASSERT_EQ(half_of(value), half);
  }
}

TEST(Convert, EqualsNumPyAndPyTorch) {
  std::vector<std::uint16_t> halves;
  for (std::uint32_t half = 0; half < 0x10000; ++half) {
    if ((half & 0x7FFFu) <= 0x7C00u) halves.push_back(static_cast<std::uint16_t>(half));
  }
  std::vector<float> wide(halves.size());
  to_float(DType::kF16, bytes_of(halves), wide);
  EXPECT_EQ(crc(wide), golden_value("half_to_single"));

  const std::vector<float> floats = samples();
  std::vector<std::uint16_t> narrow(floats.size());
  from_float(floats, DType::kF16, std::as_writable_bytes(std::span(narrow)));
  EXPECT_EQ(crc(narrow), golden_value("single_to_half"));
  from_float(floats, DType::kBf16, std::as_writable_bytes(std::span(narrow)));
  EXPECT_EQ(crc(narrow), golden_value("single_to_bf16"));

  std::vector<double> doubles;
  for (const float value : floats) doubles.push_back(double{value} * (1 + std::ldexp(1, -25)));
  for (const float value : floats) doubles.push_back(double{value} * (1 + std::ldexp(1, -24)));
  std::vector<float> singles(doubles.size());
  to_float(DType::kF64, bytes_of(doubles), singles);
  EXPECT_EQ(crc(singles), golden_value("double_to_single"));
}

TEST(Convert, RangesHaveTheBitsOfSingleValues) {
  // 65,537 values from an odd address: vectors, a remainder, and no alignment.
  std::vector<std::byte> memory(2 * 65537 + 1);
  for (std::uint32_t n = 0; n < 65537; ++n) {
    const auto half = static_cast<std::uint16_t>(n);
    std::memcpy(memory.data() + 1 + 2 * n, &half, 2);
  }
  const auto in = std::span(memory).subspan(1);
  std::vector<float> out(65537);
  read_halves(in, out);
  for (std::uint32_t n = 0; n < out.size(); ++n) {
    ASSERT_EQ(std::bit_cast<std::uint32_t>(out[n]),
              std::bit_cast<std::uint32_t>(float_of_half(static_cast<std::uint16_t>(n))));
  }
  std::vector<float> any;
  for (std::uint64_t bits = 0; bits <= 0xFFFFFFFFu; bits += 65521 * 17) {
    any.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  }
  std::vector<std::uint16_t> narrow(any.size());
  write_halves(any, std::as_writable_bytes(std::span(narrow)));
  for (std::size_t n = 0; n < any.size(); ++n) {
    ASSERT_EQ(narrow[n], half_of(any[n])) << std::bit_cast<std::uint32_t>(any[n]);
  }
}

TEST(Convert, Bf16IsExactAndKeepsNan) {
  for (std::uint32_t n = 0; n < 0x10000; ++n) {
    const auto value = static_cast<std::uint16_t>(n);
    const std::uint16_t back = bf16_of(float_of_bf16(value));
    ASSERT_TRUE(back == value || (std::isnan(float_of_bf16(value)) && back == (value | 0x40u)));
  }
  const float almost_infinite = std::bit_cast<float>(0x7F800001u);
  EXPECT_TRUE(std::isnan(float_of_bf16(bf16_of(almost_infinite))));
  EXPECT_TRUE(std::isnan(float_of_half(half_of(almost_infinite))));
  EXPECT_EQ(bf16_of(3.4e38F), 0x7F80u) << "rounds up to infinity";
}

TEST(Convert, SinglesAreCopiedAndEmptyRangesAreFine) {
  const std::vector<float> in = {1.5F, -0.0F, std::numeric_limits<float>::infinity()};
  std::vector<float> out(3);
  to_float(DType::kF32, bytes_of(in), out);
  EXPECT_EQ(std::memcmp(in.data(), out.data(), 12), 0);
  for (const DType type : {DType::kF64, DType::kF32, DType::kF16, DType::kBf16}) {
    to_float(type, {}, {});
  }
}

TEST(Convert, RefusesOtherTypesAndSizes) {
  std::vector<std::byte> bytes(8);
  std::vector<float> floats(2);
  EXPECT_THROW(to_float(DType::kI32, bytes, floats), Error);
  EXPECT_THROW(to_float(DType::kF16, bytes, floats), Error);
  EXPECT_THROW(from_float(floats, DType::kF8E4m3, std::span(bytes).first(2)), Error);
  EXPECT_THROW(from_float(floats, DType::kF16, bytes), Error);
}

template <class T>
std::optional<std::uint64_t> first_bad(DType type, const std::vector<T>& values) {
  return find_not_finite({type, {values.size()}, bytes_of(values)});
}

TEST(Finite, FindsTheFirst) {
  for (const std::size_t size : {1u, 4095u, 4096u, 10000u}) {
    std::vector<float> values(size, 1.0F);
    EXPECT_EQ(first_bad(DType::kF32, values), std::nullopt);
    for (const std::size_t where : {size - 1, size / 2, std::size_t{0}}) {
      values[where] = where % 2 == 0 ? NAN : -INFINITY;
      EXPECT_EQ(first_bad(DType::kF32, values), where);
    }
  }
}

TEST(Finite, KnowsEveryType) {
  using Halves = std::vector<std::uint16_t>;
  EXPECT_EQ(first_bad(DType::kF16, Halves{0x7BFF, 0x7C00}), 1u);
  EXPECT_EQ(first_bad(DType::kBf16, Halves{0x7C00, 0x7F7F, 0xFF80}), 2u);
  EXPECT_EQ(first_bad(DType::kF64, std::vector<double>{1e308, NAN}), 1u);
  using Octets = std::vector<std::uint8_t>;
  EXPECT_EQ(first_bad(DType::kF8E4m3, Octets{0x7E, 0xFF}), 1u);
  EXPECT_EQ(first_bad(DType::kF8E5m2, Octets{0x7B, 0x7C}), 1u);
  EXPECT_EQ(first_bad(DType::kI32, std::vector<std::int32_t>{-1}), std::nullopt);
  EXPECT_EQ(first_bad(DType::kF32, std::vector<float>{}), std::nullopt);
}

TEST(Finite, NamesFileAndTensor) {
  const std::vector<float> values = {0, 1, NAN};
  expect_refusal(
      [&] {
        check_finite("m.safetensors", "llm.norm.weight", {DType::kF32, {3}, bytes_of(values)});
      },
      "m.safetensors", "llm.norm.weight", "element 2 of 3");
}

}  // namespace
}  // namespace vernier::engine
