// Every processor's arithmetic gives the same bits.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "metrics/spice/fast/kernels/kernels.h"

namespace vernier::spice {
namespace {

std::vector<const Kernels*> available() {
  std::vector<const Kernels*> all = {&kPortableKernels};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) all.push_back(&kAvx2Kernels);
  if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vl")) {
    all.push_back(&kAvx512Kernels);
  }
#endif
  return all;
}

/// A matrix with random entries, and the same unpacked.
struct TestMatrix {
  TestMatrix(std::size_t depth, std::size_t columns, std::mt19937& random)
      : plain(depth * columns),
        entries(depth * columns),
        sums(columns),
        factor(columns),
        bias(columns),
        packed{depth, columns, entries.data(), sums.data(), factor.data(), bias.data()} {
    std::uniform_int_distribution<int> byte(-127, 127);
    std::normal_distribution<float> normal;
    for (std::size_t k = 0; k < depth; ++k) {
      for (std::size_t c = 0; c < columns; ++c) {
        const auto entry = static_cast<std::int8_t>(byte(random));
        plain[k * columns + c] = entry;
        entries[((c / 16 * depth / 4 + k / 4) * 16 + c % 16) * 4 + k % 4] = entry;
        sums[c] += entry;
      }
    }
    for (float& f : factor) f = 1e-3F * normal(random);
    for (float& b : bias) b = normal(random);
  }
  std::vector<std::int8_t> plain, entries;
  std::vector<std::int32_t> sums;
  std::vector<float> factor, bias;
  PackedMatrix packed;
};

std::vector<std::int8_t> random_bytes(std::size_t count, std::mt19937& random) {
  std::uniform_int_distribution<int> byte(-127, 127);
  std::vector<std::int8_t> bytes(count);
  for (std::int8_t& b : bytes) b = static_cast<std::int8_t>(byte(random));
  return bytes;
}

std::vector<float> random_floats(std::size_t count, std::mt19937& random) {
  std::normal_distribution<float> normal(0.3F, 2.0F);
  std::vector<float> floats(count);
  for (float& f : floats) f = normal(random);
  return floats;
}

TEST(FastKernels, ProductsAreExact) {
  std::mt19937 random(1);
  for (const auto& [depth, columns] : std::vector<std::pair<std::size_t, std::size_t>>{
           {32, 16}, {128, 256}, {384, 128}, {128, 304}}) {
    const TestMatrix matrix(depth, columns, random);
    for (std::size_t rows : {1, 2, 3, 5, 6, 11, 37}) {
      // Rows that overlap, as windows of words do, and extreme values.
      const std::size_t stride = depth / 2;
      std::vector<std::int8_t> a = random_bytes(rows * stride + depth, random);
      std::fill(a.begin(), a.begin() + 8, std::int8_t{-127});
      std::vector<std::int32_t> expected(rows * columns);
      for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t k = 0; k < depth; ++k) {
          for (std::size_t c = 0; c < columns; ++c) {
            expected[r * columns + c] += a[r * stride + k] * matrix.plain[k * columns + c];
          }
        }
      }
      for (const Kernels* kernels : available()) {
        std::vector<std::int32_t> out(rows * columns, -1);
        kernels->multiply(a.data(), rows, stride, matrix.packed, out.data());
        EXPECT_EQ(out, expected) << kernels->name << " " << rows << " rows, " << depth;
      }
    }
  }
}

TEST(FastKernels, AllStepsGiveTheSameBits) {
  std::mt19937 random(2);
  constexpr std::size_t kRows = 13, kWidth = 64;
  const TestMatrix matrix(kWidth, 2 * kWidth, random);
  const std::vector<float> x = random_floats(kRows * 2 * kWidth, random);
  std::vector<std::int32_t> sums(kRows * 2 * kWidth);
  std::uniform_int_distribution<int> sum(-200'000, 200'000);
  for (std::int32_t& s : sums) s = sum(random);
  const auto results = [&](const Kernels& kernels) {
    std::vector<float> floats;
    std::vector<std::int8_t> bytes(kRows * 2 * kWidth);
    kernels.normalise(x.data(), kRows, 2 * kWidth, 127 / 6.0F, bytes.data());
    for (const std::int8_t b : bytes) floats.push_back(b);
    std::vector<float> y = x;
    kernels.add(sums.data(), matrix.packed, kRows, y.data());
    kernels.add_relu(sums.data(), matrix.packed, kRows, y.data());
    floats.insert(floats.end(), y.begin(), y.end());
    kernels.expand(sums.data(), matrix.packed, kRows, y.data());
    floats.insert(floats.end(), y.begin(), y.end());
    std::vector<std::int8_t> gated(kRows * kWidth);
    kernels.gated_sums(sums.data(), matrix.packed, kRows, 30.0F, y.data(), gated.data());
    for (const std::int8_t b : gated) floats.push_back(b);
    floats.push_back(kernels.dot(x.data(), x.data() + kWidth, kWidth));
    std::vector<float> hidden(kWidth, 0.5F);
    kernels.add_hidden(x.data(), x.data() + kWidth, kWidth, x.data(), 16, hidden.data());
    floats.insert(floats.end(), hidden.begin(), hidden.end());
    return floats;
  };
  const std::vector<float> expected = results(kPortableKernels);
  for (const Kernels* kernels : available())
    EXPECT_EQ(results(*kernels), expected) << kernels->name;
}

TEST(FastKernels, NormalisedRowsHaveNoMeanAndTheirDeviationIsTheScale) {
  std::mt19937 random(3);
  constexpr std::size_t kWidth = 512;
  const std::vector<float> x = random_floats(kWidth, random);
  std::vector<std::int8_t> out(kWidth);
  kPortableKernels.normalise(x.data(), 1, kWidth, 20.0F, out.data());
  double mean = 0, squares = 0;
  for (const std::int8_t b : out) mean += b, squares += double(b) * b;
  EXPECT_NEAR(mean / kWidth, 0, 0.1);
  EXPECT_NEAR(std::sqrt(squares / kWidth), 20, 0.1);
}

TEST(FastKernels, GatedSumsRunFromBothEnds) {
  // Factor 1 and bias 0: the sums are u and f themselves. f = 1: all is kept, f = -3: nothing.
  constexpr std::size_t kWidth = 32, kRows = 3;
  const std::vector<float> factor(2 * kWidth, 1.0F), bias(2 * kWidth, 0.0F);
  const PackedMatrix matrix{kWidth, 2 * kWidth, nullptr, nullptr, factor.data(), bias.data()};
  std::vector<std::int32_t> sums(kRows * 2 * kWidth);
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t c = 0; c < kWidth; ++c) {
      sums[r * 2 * kWidth + c] = static_cast<std::int32_t>(r + 1);
      sums[r * 2 * kWidth + kWidth + c] = r == 1 ? 1 : -3;  // the middle word passes all on
    }
  }
  std::vector<float> work(kRows * 2 * kWidth);
  std::vector<std::int8_t> out(kRows * kWidth);
  kPortableKernels.gated_sums(sums.data(), matrix, kRows, 1.0F, work.data(), out.data());
  EXPECT_EQ(out[0], 1);
  EXPECT_EQ(out[kWidth], 1);  // from the left
  EXPECT_EQ(out[2 * kWidth], 3);
  EXPECT_EQ(out[kWidth - 1], 1);
  EXPECT_EQ(out[2 * kWidth - 1], 3);  // from the right
}

}  // namespace
}  // namespace vernier::spice
