// Products with weights of 4 and 8 bits.
#include <bit>

#include "judges/engine/cuda/device_memory.h"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/products/packed/multiply_packed.h"
#include "tests/cuda/both.h"
#include "tests/judges/engine/quantised/random_matrix.h"

namespace vernier::engine {
namespace {

class CudaPacked : public OnBoth {
 protected:
  Numbers multiply(const Matrix& w, const Numbers& x, const Numbers& bias) {
    const std::size_t rows = x.size() / w.columns;
    const Pair in = pair_of(rows, w.columns, x), b = pair_of(1, w.rows, bias);
    Pair out = pair(rows, w.rows);
    backend(1).linear(in.rows(1), w, {b.of[1]->data(), w.rows}, out.rows(1));
    return host(out, 1);
  }
};

TEST_F(CudaPacked, ProductsAreNear) {
  const MatrixShape shapes[] = {{1, 32, 32},      {7, 64, 32},       {16, 96, 96},
                                {40, 128, 128},   {33, 960, 64},     {31, 1376, 1376},
                                {5, 2048, 128},   {40, 256, 32, 8},  {9, 512, 128, 8},
                                {24, 960, 64, 8}, {3, 1120, 1120, 8}};
  unsigned seed = 0;
  for (const DType type : {DType::kF16, DType::kBf16}) {
    matrix(type, 1, 8);  // the other weights of the model are of this type
    for (MatrixShape shape : shapes) {
      for (const bool zero_points : {true, false}) {
        shape.zero_points = zero_points;
        const QuantisedMatrix weights = random_matrix(shape, ++seed);
        const Matrix w = backend(1).matrix(weights);
        for (const std::size_t rows : {1U, 7U, 33U}) {
          const Numbers x = random_inputs(rows * shape.columns, ++seed),
                        bias = random_inputs(shape.rows, ++seed);
          // 16 bits of inputs and of weights.
          EXPECT_LT(error_of(multiply(w, x, bias), reference(weights, x, bias)),
                    type == DType::kF16 ? 1e-3 : 6e-3)
              << shape.rows << " x " << shape.columns << ", group " << shape.group << ", "
              << shape.bits << " bits, " << rows << " rows of " << name_of(type);
        }
      }
    }
  }
}

TEST_F(CudaPacked, ColumnsInTheOrderOfTheirActivity) {
  QuantisedMatrix weights = random_matrix({24, 256, 64}, 1);
  for (std::uint32_t k = 0; k < 256; ++k) weights.order.push_back(k * 37 % 256);
  const Numbers x = random_inputs(std::size_t{3} * 256, 2), bias(24);
  EXPECT_LT(error_of(multiply(backend(1).matrix(weights), x, bias), reference(weights, x, bias)),
            1e-3);
}

TEST_F(CudaPacked, ARowsBitsDoNotDependOnTheOtherRows) {
  const Matrix w = backend(1).matrix(random_matrix({40, 960, 64}, 1));
  const Numbers x = random_inputs(std::size_t{70} * 960, 2), bias = random_inputs(40, 3);
  const Numbers all = multiply(w, x, bias);
  for (const std::size_t first : {0U, 5U, 69U}) {
    for (const std::size_t count : {1U, 16U, 17U}) {
      if (first + count > 70) continue;
      const auto begin = x.begin() + static_cast<std::ptrdiff_t>(first * 960);
      const Numbers some =
          multiply(w, {begin, begin + static_cast<std::ptrdiff_t>(count * 960)}, bias);
      for (std::size_t i = 0; i < some.size(); ++i) {
        ASSERT_EQ(std::bit_cast<std::uint32_t>(some[i]),
                  std::bit_cast<std::uint32_t>(all[first * 40 + i]))
            << "rows " << first << " to " << first + count;
      }
    }
  }
}

/// Codes with whole zero points become what AutoAWQ makes of them: (code - zero) * scale, rounded
/// once.
TEST_F(CudaPacked, WeightsAreRoundedOnce) {
  for (const unsigned bits : {4U, 8U}) {
    for (const DType type : {DType::kF16, DType::kBf16}) {
      const QuantisedMatrix weights = random_matrix({13, 192, 64, bits}, bits);
      const cuda::PackedBytes bytes = cuda::pack(weights, type);
      const auto copy = [](const std::vector<std::byte>& from) {
        cuda::DeviceBytes to(from.size());
        cuda::check(
            cudaMemcpyAsync(to.data(), from.data(), from.size(), cudaMemcpyHostToDevice, nullptr),
            "copying");
        return to;
      };
      const cuda::DeviceBytes codes = copy(bytes.codes), groups = copy(bytes.groups);
      cuda::PackedWeights packed;
      packed.codes = codes.data();
      packed.groups = groups.data();
      packed.type = type;
      packed.bits = bits;
      packed.rows = 13;
      packed.columns = 192;
      packed.group = 64;
      packed.groups_across = 3;
      const cuda::DeviceBytes out(std::size_t{13} * 192 * 2);
      cuda::unpack(nullptr, packed, out.data(), 192);
      std::vector<std::uint16_t> numbers(std::size_t{13} * 192);
      cuda::check(
          cudaMemcpyAsync(numbers.data(), out.data(), out.bytes(), cudaMemcpyDeviceToHost, nullptr),
          "copying");
      cuda::check(cudaStreamSynchronize(nullptr), "waiting");
      for (std::size_t n = 0; n < 13; ++n) {
        for (std::size_t k = 0; k < 192; ++k) {
          const float wanted = weights.at(n, k);
          ASSERT_EQ(numbers[n * 192 + k], type == DType::kF16 ? half_of(wanted) : bf16_of(wanted))
              << n << ", " << k << ": " << wanted;
        }
      }
    }
  }
}

}  // namespace
}  // namespace vernier::engine
