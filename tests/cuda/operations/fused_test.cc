// Several operations in one launch: the same bits as one by one.
#include <array>
#include <bit>

#include "tests/cuda/both.h"
#include "tests/judges/engine/quantised/random_matrix.h"

namespace vernier::engine {
namespace {

class CudaFused : public OnBoth {
 protected:
  std::vector<float> uneven(std::size_t n) {
    std::vector<float> out = numbers(n);
    for (float& x : out) x *= 0.37F;  // sums are rounded
    return out;
  }
  void expect_same_bits(const Pair& a, const Pair& b, const char* what) {
    const std::vector<float> x = host(a, 1), y = host(b, 1);
    ASSERT_EQ(x.size(), y.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      ASSERT_EQ(std::bit_cast<std::uint32_t>(x[i]), std::bit_cast<std::uint32_t>(y[i]))
          << what << ", number " << i;
    }
  }
};

TEST_F(CudaFused, ProductsOfTheSameRows) {
  constexpr std::array<std::size_t, 3> kOutputs = {40, 17, 130};
  for (const int kind : {0, 1, 2, 3}) {  // F16, F32, 4 bits, of both
    std::array<Matrix, 3> weights;
    for (std::size_t i = 0; i < 3; ++i) {
      const bool quantised = kind == 2 || (kind == 3 && i == 1);
      weights[i] = quantised
                       ? backend(1).matrix(random_matrix({kOutputs[i], 192, 64}, 7))
                       : matrix(kind == 1 ? DType::kF32 : DType::kF16, kOutputs[i], 192).of[1];
    }
    for (const std::size_t rows : {1U, 33U}) {
      const Pair x = pair_of(rows, 192, uneven(rows * 192));
      std::vector<Projection> projections;
      std::array<Pair, 3> at_once, alone, bias;
      for (std::size_t i = 0; i < 3; ++i) {
        at_once[i] = pair(rows, kOutputs[i]);
        alone[i] = pair(rows, kOutputs[i]);
        bias[i] = pair(1, kOutputs[i]);
        const Vector b{i == 1 ? nullptr : bias[i].of[1]->data(), kOutputs[i]};
        projections.push_back({weights[i], b, at_once[i].rows(1)});
        backend(1).linear(x.rows(1), weights[i], b, alone[i].rows(1));
      }
      backend(1).linears(x.rows(1), projections);
      for (std::size_t i = 0; i < 3; ++i) expect_same_bits(at_once[i], alone[i], "product");
    }
  }
}

TEST_F(CudaFused, ProductsThatAreAdded) {
  for (const bool quantised : {false, true}) {
    const Matrix w = quantised ? backend(1).matrix(random_matrix({40, 192, 64}, 7))
                               : matrix(DType::kF16, 40, 192).of[1];
    const Pair x = pair_of(33, 192, uneven(33 * 192)), bias = pair(1, 40), room = pair(33, 40);
    const std::vector<float> before = uneven(33 * 40);
    Pair at_once = pair_of(33, 40, before), alone = pair_of(33, 40, before);
    backend(1).add_linear(x.rows(1), w, {bias.of[1]->data(), 40}, room.rows(1), at_once.rows(1));
    backend(1).linear(x.rows(1), w, {bias.of[1]->data(), 40}, room.rows(1));
    backend(1).add(alone.rows(1), room.rows(1));
    expect_same_bits(at_once, alone, quantised ? "4 bits" : "F16");
  }
}

TEST_F(CudaFused, RotaryPositionsOnTheWayIntoPages) {
  for (const DType type : {DType::kF32, DType::kF16}) {
    if (type == DType::kF16) matrix(type, 1, 8);
    const PageLayout layout{2, 2, 24};
    const std::size_t rows = 40, heads = 6;
    std::array<Pair, 2> seen;
    const std::vector<float> qs = uneven(rows * heads * 24), ks = uneven(rows * 48),
                             vs = uneven(rows * 48), angles = uneven(rows * 24);
    for (const bool fused : {false, true}) {
      Pair q = pair_of(rows, heads * 24, qs), k = pair_of(rows, 48, ks);
      const Pair v = pair_of(rows, 48, vs);
      const Pair cos = pair_of(rows, 12, {angles.begin(), angles.begin() + rows * 12}),
                 sin = pair_of(rows, 12, {angles.begin() + rows * 12, angles.end()});
      const auto memory = backend(1).allocate(2 * backend(1).page_floats(layout));
      const std::vector<float*> pages = {memory->data(),
                                         memory->data() + backend(1).page_floats(layout)};
      const std::vector<Stretch> stretches = {{0, rows, 0, pages}};
      Backend& b = backend(1);
      if (fused) {
        b.rotate_and_store(q.rows(1), heads, k.rows(1), v.rows(1), cos.rows(1), sin.rows(1), layout,
                           1, stretches);
      } else {
        b.rotate(q.rows(1), heads, cos.rows(1), sin.rows(1));
        b.rotate(k.rows(1), 2, cos.rows(1), sin.rows(1));
        b.store_keys_values(k.rows(1), v.rows(1), layout, 1, stretches);
      }
      seen[fused] = pair(rows, heads * 24);
      b.attend(q.rows(1), heads, layout, 1, stretches, seen[fused].rows(1));
    }
    expect_same_bits(seen[0], seen[1], "attention");
  }
}

TEST_F(CudaFused, RecordedWorkIsPlayedAgain) {
  const Matrix w = matrix(DType::kF16, 48, 64).of[1];
  const Pair weight = pair(1, 64);
  Pair x = pair(3, 64), y = pair(3, 48);
  int called = 0;
  const auto work = [&] {
    ++called;
    backend(1).rms_norm(x.rows(1), {weight.of[1]->data(), 64}, 1e-6F, x.rows(1));
    backend(1).linear(x.rows(1), w, {}, y.rows(1));
  };
  for (int i = 0; i < 5; ++i) {
    const std::vector<float> values = uneven(3 * 64);
    backend(1).from_host(values, x.of[1]->data());
    backend(1).repeat(1234, work);
    Pair again = pair_of(3, 64, values), wanted = pair(3, 48);
    backend(1).rms_norm(again.rows(1), {weight.of[1]->data(), 64}, 1e-6F, again.rows(1));
    backend(1).linear(again.rows(1), w, {}, wanted.rows(1));
    expect_same_bits(y, wanted, "time");
  }
  EXPECT_EQ(called, 2) << "once to see what it needs, once to record it";
}

}  // namespace
}  // namespace vernier::engine
