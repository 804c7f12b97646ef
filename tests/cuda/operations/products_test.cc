// Products with weights of 16 and of 32 bits.
#include <bit>

#include "tests/cuda/both.h"

namespace vernier::engine {
namespace {

class CudaProducts : public OnBoth {};

TEST_F(CudaProducts, AreThoseOfTheProcessor) {
  for (const DType type : {DType::kF16, DType::kBf16, DType::kF32}) {
    for (const std::size_t depth : {1U, 31U, 64U, 127U, 200U}) {
      for (const std::size_t outputs : {1U, 33U, 130U}) {
        for (const std::size_t count : {1U, 16U, 33U, 70U, 130U}) {
          if (count > 70 && depth > 64) continue;  // the largest tile once
          const MatrixPair w = matrix(type, outputs, depth);
          const Pair x = pair(count, depth), bias = pair(1, outputs);
          Pair y = pair(count, outputs);
          for (int side : {0, 1}) {
            backend(side).linear(x.rows(side), w.of[side], {bias.of[side]->data(), outputs},
                                 y.rows(side));
          }
          EXPECT_LE(difference(y), 2e-6)
              << name_of(type) << " [" << count << ", " << depth << "] to " << outputs;
        }
      }
    }
  }
}

TEST_F(CudaProducts, ARowsBitsDoNotDependOnTheOtherRows) {
  const std::size_t depth = 200, outputs = 40;
  const MatrixPair w = matrix(DType::kF16, outputs, depth);
  std::vector<float> values = numbers(130 * depth);
  for (float& x : values) x *= 0.37F;  // sums are rounded
  const auto product = [&](std::size_t first, std::size_t count) {
    const Pair x = pair_of(count, depth,
                           {values.begin() + static_cast<std::ptrdiff_t>(first * depth),
                            values.begin() + static_cast<std::ptrdiff_t>((first + count) * depth)});
    Pair y = pair(count, outputs);
    backend(1).linear(x.rows(1), w.of[1], {}, y.rows(1));
    return host(y, 1);
  };
  const std::vector<float> all = product(0, 130);
  for (const std::size_t first : {0U, 5U, 129U}) {
    for (const std::size_t count : {1U, 17U, 64U}) {
      if (first + count > 130) continue;
      const std::vector<float> some = product(first, count);
      for (std::size_t i = 0; i < some.size(); ++i) {
        ASSERT_EQ(std::bit_cast<std::uint32_t>(some[i]),
                  std::bit_cast<std::uint32_t>(all[first * outputs + i]))
            << "rows " << first << " to " << first + count;
      }
    }
  }
}

}  // namespace
}  // namespace vernier::engine
