// Products with weights of few bits: near those with the weights that they stand for, and the same
// bits on every processor, in every batch and on any number of threads.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/error.h"
#include "judges/engine/cpu/cpu_backend.h"
#include "judges/engine/cpu/kernels/kernels.h"
#include "judges/engine/cpu/kernels/packed/pack.h"
#include "tests/judges/engine/cpu/processors.h"
#include "tests/judges/engine/quantised/random_matrix.h"

namespace vernier::engine {
namespace {

std::vector<std::uint32_t> bits(const Numbers& x) {
  std::vector<std::uint32_t> out;
  for (const float f : x) out.push_back(std::bit_cast<std::uint32_t>(f));
  return out;
}

/// Weights and the memory that they lie in.
class Packed {
 public:
  explicit Packed(const QuantisedMatrix& weights) : weights_(cpu::packed_layout(weights)) {
    codes_.resize(cpu::packed_code_bytes(weights_));
    groups_.resize(cpu::packed_group_bytes(weights_));
    cpu::pack_tiles(weights, weights_, 0, weights_.tiles, codes_.data(), groups_.data());
    weights_.codes = codes_.data();
    weights_.groups = groups_.data();
    if (!weights.order.empty()) weights_.order = weights.order.data();
  }
  const cpu::PackedWeights& weights() const { return weights_; }

  Numbers multiply(const cpu::Kernels& kernels, const Numbers& x, const Numbers& bias) const {
    const std::size_t rows = x.size() / weights_.depth;
    cpu::RoundedInputs in;
    in.stride = 2 * weights_.depth;
    in.scale_stride = 2 * (weights_.depth / weights_.block);
    std::vector<std::uint8_t> numbers(rows * in.stride);
    Numbers scales(rows * in.scale_stride), out(rows * weights_.rows);
    in.numbers = numbers.data();
    in.scales = scales.data();
    kernels.round_inputs(x.data(), rows, weights_, 0, in);
    kernels.multiply_packed(in, rows, weights_, bias.empty() ? nullptr : bias.data(), 0,
                            weights_.tiles, out.data());
    return out;
  }

 private:
  cpu::PackedWeights weights_;
  std::vector<std::uint8_t> codes_, groups_;
};

/// What all processors make of it, at once and row by row: the same bits, returned once.
Numbers agreed(const QuantisedMatrix& weights, const Numbers& x, const Numbers& bias = {}) {
  const Packed packed(weights);
  Numbers first;
  for (const cpu::Kernels* kernels : cpu::processors()) {
    const Numbers now = packed.multiply(*kernels, x, bias);
    if (first.empty()) first = now;
    EXPECT_EQ(bits(now), bits(first)) << kernels->name;
    Numbers alone;
    for (std::size_t at = 0; at < x.size(); at += weights.columns) {
      const auto row = x.begin() + static_cast<long>(at);
      const Numbers one =
          packed.multiply(*kernels, {row, row + static_cast<long>(weights.columns)}, bias);
      alone.insert(alone.end(), one.begin(), one.end());
    }
    EXPECT_EQ(bits(alone), bits(first)) << kernels->name << ", row by row";
  }
  return first;
}

TEST(PackedWeights, ProductsAreNearAndTheSameBits) {
  const MatrixShape shapes[] = {
      {1, 32, 32},      {7, 64, 32},      {16, 96, 96},      {40, 128, 128},   {33, 960, 64},
      {17, 960, 960},   {31, 1376, 1376}, {5, 4096, 128},    {40, 256, 32, 8}, {9, 512, 128, 8},
      {24, 960, 64, 8}, {3, 4096, 4096},  {3, 4096, 4096, 8}};
  unsigned seed = 0;
  for (MatrixShape shape : shapes) {
    for (const bool zero_points : {true, false}) {
      shape.zero_points = zero_points;
      const QuantisedMatrix weights = random_matrix(shape, ++seed);
      for (const std::size_t rows : {1U, 2U, 3U, 5U, 7U, 13U}) {
        const Numbers x = random_inputs(rows * shape.columns, ++seed),
                      bias = rows % 2 == 0 ? Numbers{} : random_inputs(shape.rows, ++seed);
        const Numbers y = agreed(weights, x, bias);
        EXPECT_LT(error_of(y, reference(weights, x, bias)), 4e-5)
            << shape.rows << " x " << shape.columns << ", group " << shape.group << ", "
            << shape.bits << " bits, " << rows << " rows";
      }
    }
  }
}

TEST(PackedWeights, ManyRowsOfManyTiles) {
  // More than a block of tiles, more rows than take them one tile at a time.
  const QuantisedMatrix weights = random_matrix({600, 1024, 128}, 1);
  const Numbers x = random_inputs(std::size_t{70} * 1024, 2);
  const Numbers y = agreed(weights, x);
  EXPECT_LT(error_of(y, reference(weights, x, {})), 4e-5);
}

TEST(PackedWeights, OneLargeInputDoesNotDrownTheOthersOfOtherBlocks) {
  const QuantisedMatrix weights = random_matrix({48, 1024, 128}, 3);
  Numbers x = random_inputs(1024, 4);
  x[300] = 1000;
  const Numbers y = agreed(weights, x);
  EXPECT_LT(error_of(y, reference(weights, x, {})), 2e-4);
  // What that input adds is known: without it, seven blocks are exact to their own largest.
  QuantisedMatrix others = weights;
  for (std::size_t n = 0; n < 48; ++n) {
    others.scales[n * 8 + 2] = others.offsets[n * 8 + 2] = 0;
  }
  EXPECT_LT(error_of(agreed(others, x), reference(others, x, {})), 4e-5);
}

TEST(PackedWeights, OrderSaysWhichInputsTheColumnsTake) {
  QuantisedMatrix weights = random_matrix({20, 256, 64}, 5);
  for (std::uint32_t k = 0; k < 256; ++k) weights.order.push_back(k * 77 % 256);
  const Numbers x = random_inputs(std::size_t{3} * 256, 6);
  EXPECT_LT(error_of(agreed(weights, x), reference(weights, x, {})), 4e-5);
  weights.order.back() = 256;
  EXPECT_THROW(cpu::packed_layout(weights), Error);
}

TEST(PackedWeights, ZerosTinyNumbersAndWhatIsNotFinite) {
  const QuantisedMatrix weights = random_matrix({16, 256, 128}, 7);
  const Numbers bias = random_inputs(16, 8);
  EXPECT_EQ(bits(agreed(weights, Numbers(256), bias)), bits(bias));
  EXPECT_EQ(bits(agreed(weights, Numbers(256, 1e-31F), bias)), bits(bias));
  EXPECT_EQ(bits(agreed(weights, Numbers(256, 1e-40F), bias)), bits(bias));
  Numbers large(256, 1e36F);
  EXPECT_LT(error_of(agreed(weights, large), reference(weights, large, {})), 4e-5);
  for (const float special :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
        -std::numeric_limits<float>::infinity()}) {
    Numbers x = random_inputs(std::size_t{3} * 256, 9);
    x[256 + 130] = special;
    const Numbers y = agreed(weights, x);
    for (std::size_t i = 0; i < y.size(); ++i) {
      EXPECT_EQ(std::isnan(y[i]), i / 16 == 1) << i << ": its own row alone";
    }
  }
}

TEST(PackedWeights, LargestCodesAndInputsDoNotOverflow) {
  for (const unsigned width : {4U, 8U}) {
    QuantisedMatrix weights = random_matrix({16, 256, 128, width}, 10);
    std::fill(weights.codes.begin(), weights.codes.end(), (1U << width) - 1);
    for (const float x : {1.0F, -1.0F}) {
      const Numbers all(256, x);
      EXPECT_LT(error_of(agreed(weights, all), reference(weights, all, {})), 1e-6);
    }
  }
}

TEST(PackedWeights, MemoryIsThatOfTheCodesAndFewForTheirGroups) {
  struct Case {
    MatrixShape shape;
    double bits;  ///< a weight
  };
  const Case cases[] = {{{64, 1024, 128}, 4 + 24.0 / 128},
                        {{64, 1024, 128, 4, false}, 4 + 64.0 / 128},
                        {{64, 1024, 32}, 4 + 24.0 / 32},
                        {{64, 1024, 1024, 8}, 8 + 24.0 / 1024}};
  for (const Case& c : cases) {
    const cpu::PackedWeights layout = cpu::packed_layout(random_matrix(c.shape, 11));
    EXPECT_EQ(
        static_cast<double>(cpu::packed_code_bytes(layout) + cpu::packed_group_bytes(layout)) * 8,
        c.bits * 64 * 1024);
  }
}

TEST(PackedWeights, BothWaysToStoreScalesGiveTheSameProducts) {
  const QuantisedMatrix halves = random_matrix({17, 256, 64}, 12);
  // A last row whose scale is no half has all scales kept in 32 bits.
  QuantisedMatrix singles = halves;
  ++singles.rows;
  singles.codes.resize(singles.rows * 256, 1);
  singles.scales.resize(singles.rows * 4, 1.0001F);
  singles.offsets.resize(singles.rows * 4, 0.5F);
  ASSERT_EQ(Packed(halves).weights().storage, cpu::GroupStorage::kHalves);
  ASSERT_EQ(Packed(singles).weights().storage, cpu::GroupStorage::kSingles);
  const Numbers x = random_inputs(256, 13);
  Numbers y = agreed(singles, x);
  y.pop_back();
  EXPECT_EQ(bits(y), bits(agreed(halves, x)));
}

TEST(PackedWeights, ABackendGivesTheSameBitsOnAnyNumberOfThreads) {
  QuantisedMatrix weights = random_matrix({403, 1024, 64}, 14);
  for (std::uint32_t k = 0; k < 1024; ++k) weights.order.push_back(k * 77 % 1024);
  const Numbers bias = random_inputs(403, 15);
  Numbers x = random_inputs(std::size_t{70} * 1024, 16);
  const Numbers expected = Packed(weights).multiply(cpu::best_kernels(), x, bias);
  for (const unsigned threads : {1U, 2U, 3U}) {
    const auto backend = make_cpu_backend(threads);
    // Others before it, so that it does not lie alone.
    const QuantisedMatrix other = random_matrix({5, 96, 96, 8}, 17);
    const Matrix first = backend->matrix(other), matrix = backend->matrix(weights);
    EXPECT_TRUE(matrix.quantised);
    EXPECT_EQ(matrix.rows, 403U);
    EXPECT_EQ(matrix.columns, 1024U);
    for (const std::size_t rows : {70U, 1U, 16U}) {
      Numbers y(rows * 403);
      backend->linear({x.data(), rows, 1024}, matrix, {bias.data(), 403}, {y.data(), rows, 403});
      const auto count = static_cast<long>(y.size());
      EXPECT_EQ(bits(y), bits({expected.begin(), expected.begin() + count})) << threads;
    }
    Numbers y(5);
    backend->linear({x.data(), 1, 96}, first, {}, {y.data(), 1, 5});
    EXPECT_LT(error_of(y, reference(other, {x.begin(), x.begin() + 96}, {})), 4e-5);
  }
}

TEST(PackedWeights, AreForProductsOnly) {
  const auto backend = make_cpu_backend(1);
  const Matrix matrix = backend->matrix(random_matrix({16, 32, 32}, 18));
  const std::vector<std::uint32_t> ids{1};
  Numbers y(32);
  try {
    backend->embed(matrix, ids, {y.data(), 1, 32});
    FAIL() << "rows of codes were taken for numbers";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kInternal);
  }
}

TEST(PackedWeights, ContradictionsAreFound) {
  const QuantisedMatrix fine = random_matrix({16, 128, 64}, 19);
  const auto refused = [&](auto change) {
    QuantisedMatrix weights = fine;
    change(weights);
    EXPECT_THROW(cpu::packed_layout(weights), Error);
  };
  refused([](QuantisedMatrix& w) { w.bits = 3; });
  refused([](QuantisedMatrix& w) { w.group = 0; });
  refused([](QuantisedMatrix& w) { w.group = 48; });
  refused([](QuantisedMatrix& w) { w.group = 96; });
  refused([](QuantisedMatrix& w) { w.codes.pop_back(); });
  refused([](QuantisedMatrix& w) { w.scales.pop_back(); });
  refused([](QuantisedMatrix& w) { w.offsets.push_back(0); });
  refused([](QuantisedMatrix& w) { w.order.resize(3); });
}

}  // namespace
}  // namespace vernier::engine
