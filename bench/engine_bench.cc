// The engine's operations on the processor: products of matrices with stored weights, attention.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "judges/engine/cpu/cpu_backend.h"

namespace vernier::engine {
namespace {

/// rows x depth numbers by so many matrices of out x depth weights, one after the other: more than
/// lies in a cache, as in a step over all layers.
void multiply_in_turn(benchmark::State& state, Backend& backend, const std::vector<Matrix>& weights,
                      double bytes) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  const std::size_t depth = weights[0].columns, out = weights[0].rows;
  const auto x = backend.allocate(rows * depth), y = backend.allocate(rows * out);
  std::vector<float> numbers(rows * depth);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = static_cast<float>(i * 2654435761U % 2001) / 1000.0F - 1.0F;
  }
  backend.from_host(numbers, x->data());
  std::size_t turn = 0;
  for (auto _ : state) {
    backend.linear({x->data(), rows, depth}, weights[turn++ % weights.size()], {},
                   {y->data(), rows, out});
  }
  const auto done = static_cast<double>(state.iterations());
  state.counters["GFLOP/s"] = benchmark::Counter(
      done * 2e-9 * static_cast<double>(rows * depth * out), benchmark::Counter::kIsRate);
  state.counters["GB/s of weights"] =
      benchmark::Counter(done * 1e-9 * bytes, benchmark::Counter::kIsRate);
}

/// The largest product of a model of 500 million weights, and one of seven billion.
struct Product {
  std::size_t out, depth;
};
constexpr Product kSmall{2560, 960}, kLarge{4096, 11008};

/// So many matrices lie in no cache, nor in part.
std::size_t matrices_of(double bytes) { return 1 + static_cast<std::size_t>(256e6 / bytes); }

void engine_linear(benchmark::State& state, DType type, Product product) {
  const std::unique_ptr<Backend> backend = make_cpu_backend(1);
  const std::size_t numbers = product.out * product.depth, bytes = numbers * size_of(type);
  const std::size_t matrices = matrices_of(static_cast<double>(bytes));
  const std::vector<std::uint32_t> storage(bytes * matrices / sizeof(std::uint32_t));
  std::vector<Matrix> weights;
  for (std::size_t i = 0; i < matrices; ++i) {
    weights.push_back({reinterpret_cast<const char*>(storage.data()) + i * bytes, type, product.out,
                       product.depth});
  }
  multiply_in_turn(state, *backend, weights, static_cast<double>(bytes));
}

void engine_linear_few_bits(benchmark::State& state, unsigned bits, std::size_t group,
                            Product product) {
  const std::unique_ptr<Backend> backend = make_cpu_backend(1);
  QuantisedMatrix codes;
  codes.rows = product.out;
  codes.columns = product.depth;
  codes.bits = bits;
  codes.group = group;
  codes.codes.assign(product.out * product.depth, 5);
  codes.scales.assign(product.out * codes.groups(), 0x1p-7F);
  codes.offsets.assign(codes.scales.size(), -8 * 0x1p-7F);
  const double bits_a_weight = bits + 24.0 / static_cast<double>(group);
  const double bytes = static_cast<double>(codes.codes.size()) * bits_a_weight / 8;
  std::vector<Matrix> weights;
  for (std::size_t i = 0; i < matrices_of(bytes); ++i) weights.push_back(backend->matrix(codes));
  multiply_in_turn(state, *backend, weights, bytes);
}

#define VERNIER_LINEAR(name, function, ...) \
  BENCHMARK_CAPTURE(function, name, __VA_ARGS__)->Arg(1)->Arg(4)->Arg(16)->Arg(256)
VERNIER_LINEAR(f32_2560x960, engine_linear, DType::kF32, kSmall);
VERNIER_LINEAR(f16_2560x960, engine_linear, DType::kF16, kSmall);
VERNIER_LINEAR(bf16_2560x960, engine_linear, DType::kBf16, kSmall);
VERNIER_LINEAR(int8_2560x960, engine_linear_few_bits, 8, 64, kSmall);
VERNIER_LINEAR(int4_2560x960, engine_linear_few_bits, 4, 64, kSmall);
VERNIER_LINEAR(f32_4096x11008, engine_linear, DType::kF32, kLarge);
VERNIER_LINEAR(f16_4096x11008, engine_linear, DType::kF16, kLarge);
VERNIER_LINEAR(int8_4096x11008, engine_linear_few_bits, 8, 128, kLarge);
VERNIER_LINEAR(int4_4096x11008, engine_linear_few_bits, 4, 128, kLarge);
#undef VERNIER_LINEAR

/// 15 heads of 64 numbers over 5 of keys; so many new tokens behind 600 old ones.
void engine_attend(benchmark::State& state) {
  constexpr std::size_t kHeads = 15, kOld = 600;
  const PageLayout layout{1, 5, 64};
  const auto rows = static_cast<std::size_t>(state.range(0));
  const std::unique_ptr<Backend> backend = make_cpu_backend(1);
  const std::size_t count = (kOld + rows + kPageTokens - 1) / kPageTokens;
  const auto memory = backend->allocate(count * layout.floats());
  std::vector<float*> pages;
  for (std::size_t p = 0; p < count; ++p) pages.push_back(memory->data() + p * layout.floats());
  const auto q = backend->allocate(rows * kHeads * 64), out = backend->allocate(rows * kHeads * 64);
  const std::vector<Stretch> stretches{{0, rows, kOld, pages}};
  for (auto _ : state) {
    backend->attend({q->data(), rows, kHeads * 64}, kHeads, layout, 0, stretches,
                    {out->data(), rows, kHeads * 64});
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(engine_attend)->Arg(1)->Arg(64);

}  // namespace
}  // namespace vernier::engine
