// Products of many rows that are left to cuBLASLt.
#include "judges/engine/cuda/products/cublaslt/large_products.h"

#include "tests/cuda/both.h"
#include "tests/judges/engine/quantised/random_matrix.h"

namespace vernier::engine {
namespace {

class CudaLargeProducts : public OnBoth {
 protected:
  void SetUp() override {
    OnBoth::SetUp();
    if (IsSkipped()) return;
    if (!cuda::LargeProducts().available()) GTEST_SKIP() << "no cuBLASLt";
    use(cuda::make_cuda_backend(0, false));
  }
};

TEST_F(CudaLargeProducts, AreThoseOfTheProcessor) {
  EXPECT_NE(backend(1).name().find("cuBLASLt"), std::string::npos) << backend(1).name();
  for (const DType type : {DType::kF16, DType::kBf16}) {
    for (const std::size_t depth : {64U, 127U}) {
      const MatrixPair w = matrix(type, 33, depth);
      const Pair x = pair(130, depth), bias = pair(1, 33);
      for (const bool has_bias : {true, false}) {
        Pair y = pair(130, 33), sum = pair(130, 33), room = pair(130, 33);
        for (int side : {0, 1}) {
          const Vector b{has_bias ? bias.of[side]->data() : nullptr, 33};
          backend(side).linear(x.rows(side), w.of[side], b, y.rows(side));
          backend(side).add_linear(x.rows(side), w.of[side], b, room.rows(side), sum.rows(side));
        }
        EXPECT_LE(difference(y), 2e-6) << name_of(type) << ", " << depth;
        EXPECT_LE(difference(sum), 2e-6) << name_of(type) << ", " << depth << ", added";
      }
    }
  }
}

TEST_F(CudaLargeProducts, WithWeightsOfFewBits) {
  matrix(DType::kF16, 1, 8);
  const QuantisedMatrix weights = random_matrix({24, 192, 64}, 1);
  const Matrix w = backend(1).matrix(weights);
  const Numbers x = random_inputs(std::size_t{130} * 192, 2), bias = random_inputs(24, 3);
  const Pair in = pair_of(130, 192, x), b = pair_of(1, 24, bias);
  Pair out = pair(130, 24);
  backend(1).linear(in.rows(1), w, {b.of[1]->data(), 24}, out.rows(1));
  EXPECT_LT(error_of(host(out, 1), reference(weights, x, bias)), 1e-3);
}

}  // namespace
}  // namespace vernier::engine
