// Operations on rows, of one number and of odd numbers of them.
#include "tests/cuda/both.h"

namespace vernier::engine {
namespace {

class CudaRows : public OnBoth {
 protected:
  /// Of the operation done by both, over counts and widths.
  template <typename Operation>
  void expect_alike(double tolerance, Operation operation) {
    for (const std::size_t width : {1U, 31U, 33U, 127U, 256U, 1100U}) {
      for (const std::size_t count : {1U, 3U, 33U}) {
        EXPECT_LE(difference(operation(count, width)), tolerance)
            << count << " rows of " << width << " numbers";
      }
    }
  }
};

TEST_F(CudaRows, Norms) {
  matrix(DType::kF16, 1, 8);  // copies in 16 bits are made beside
  expect_alike(2e-6, [&](std::size_t count, std::size_t width) {
    Pair x = pair(count, width), y = pair(count, width);
    const Pair weight = pair(1, width);
    for (int side : {0, 1}) {
      backend(side).rms_norm(x.rows(side), {weight.of[side]->data(), width}, 1e-6F, y.rows(side));
    }
    return y;
  });
  expect_alike(4e-6, [&](std::size_t count, std::size_t width) {
    Pair x = pair(count, width);
    const Pair weight = pair(1, width), bias = pair(1, width);
    for (int side : {0, 1}) {
      backend(side).layer_norm(x.rows(side), {weight.of[side]->data(), width},
                               {bias.of[side]->data(), width}, 1e-5F, x.rows(side));
    }
    return x;
  });
}

TEST_F(CudaRows, Activations) {
  for (const Activation kind : {Activation::kGelu, Activation::kGeluTanh, Activation::kQuickGelu}) {
    expect_alike(1e-6, [&](std::size_t count, std::size_t width) {
      Pair x = pair(count, width);
      for (int side : {0, 1}) backend(side).activate(kind, x.rows(side));
      return x;
    });
  }
  expect_alike(1e-6, [&](std::size_t count, std::size_t width) {
    Pair gate = pair(count, width);
    const Pair up = pair(count, width);
    for (int side : {0, 1}) backend(side).gated_silu(gate.rows(side), up.rows(side));
    return gate;
  });
}

TEST_F(CudaRows, SumsAndMoves) {
  expect_alike(0, [&](std::size_t count, std::size_t width) {
    Pair x = pair(count, width);
    const Pair y = pair(count, width);
    for (int side : {0, 1}) backend(side).add(x.rows(side), y.rows(side));
    return x;
  });
  expect_alike(0, [&](std::size_t count, std::size_t width) {
    const Pair x = pair(count, width);
    Pair y = pair(2 * count, width);
    std::vector<std::uint32_t> from, to;
    for (std::size_t i = 0; i < count; ++i) {
      from.push_back(static_cast<std::uint32_t>(count - 1 - i));
      to.push_back(static_cast<std::uint32_t>(2 * i));
    }
    for (int side : {0, 1}) backend(side).scatter(x.rows(side), from, to, y.rows(side));
    return y;
  });
  for (const DType type : {DType::kF32, DType::kF16, DType::kBf16}) {
    expect_alike(0, [&](std::size_t count, std::size_t width) {
      const MatrixPair table = matrix(type, 50, width);
      Pair y = pair(count, width);
      std::vector<std::uint32_t> ids;
      for (std::size_t i = 0; i < count; ++i) ids.push_back(static_cast<std::uint32_t>(i * 7 % 50));
      for (int side : {0, 1}) backend(side).embed(table.of[side], ids, y.rows(side));
      return y;
    });
  }
}

TEST_F(CudaRows, RotaryPositions) {
  for (const std::size_t size : {2U, 64U, 80U, 128U}) {
    for (const std::size_t heads : {1U, 3U, 20U}) {
      Pair x = pair(5, heads * size);
      const Pair cos = pair(5, size / 2), sin = pair(5, size / 2);
      for (int side : {0, 1}) {
        backend(side).rotate(x.rows(side), heads, cos.rows(side), sin.rows(side));
      }
      EXPECT_LE(difference(x), 2e-7) << heads << " heads of " << size;
    }
  }
}

TEST_F(CudaRows, Logits) {
  for (const std::size_t width : {1U, 31U, 33U, 127U, 2000U}) {
    std::vector<float> values = numbers(3 * width);  // many are equal: the first counts
    const Pair logits = pair_of(3, width, values);
    std::vector<float> sums[2] = {std::vector<float>(3), std::vector<float>(3)};
    std::vector<std::uint32_t> best[2] = {std::vector<std::uint32_t>(3),
                                          std::vector<std::uint32_t>(3)};
    for (int side : {0, 1}) {
      backend(side).log_sum_exp(logits.rows(side), sums[side]);
      backend(side).argmax(logits.rows(side), best[side]);
    }
    EXPECT_EQ(best[0], best[1]) << width;
    for (int r = 0; r < 3; ++r) EXPECT_NEAR(sums[0][r], sums[1][r], 2e-6) << width;
  }
}

}  // namespace
}  // namespace vernier::engine
