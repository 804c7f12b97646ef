// The engine's operations on the processor: products of matrices with stored weights, attention.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "judges/engine/cpu/cpu_backend.h"

namespace vernier::engine {
namespace {

/// rows x 960 numbers by 2560 x 960 weights, the largest product of a model of 500 million weights.
void engine_linear(benchmark::State& state, DType type) {
  constexpr std::size_t kDepth = 960, kOut = 2560;
  const auto rows = static_cast<std::size_t>(state.range(0));
  const std::unique_ptr<Backend> backend = make_cpu_backend(1);
  // Eight matrices in turn: weights come from memory, as in a step over all layers.
  const std::vector<std::uint32_t> storage(kDepth * kOut * 8);
  const auto x = backend->allocate(rows * kDepth), y = backend->allocate(rows * kOut);
  std::size_t turn = 0;
  for (auto _ : state) {
    const std::size_t bytes = turn++ % 8 * kDepth * kOut * size_of(type);
    const Matrix w{reinterpret_cast<const char*>(storage.data()) + bytes, type, kOut, kDepth};
    backend->linear({x->data(), rows, kDepth}, w, {}, {y->data(), rows, kOut});
  }
  const auto done = static_cast<double>(state.iterations());
  state.counters["GFLOP/s"] = benchmark::Counter(
      done * 2e-9 * static_cast<double>(rows * kDepth * kOut), benchmark::Counter::kIsRate);
  state.counters["GB/s of weights"] =
      benchmark::Counter(done * 1e-9 * static_cast<double>(kDepth * kOut * size_of(type)),
                         benchmark::Counter::kIsRate);
}
BENCHMARK_CAPTURE(engine_linear, f32, DType::kF32)->Arg(1)->Arg(8)->Arg(256);
BENCHMARK_CAPTURE(engine_linear, f16, DType::kF16)->Arg(1)->Arg(8)->Arg(256);
BENCHMARK_CAPTURE(engine_linear, bf16, DType::kBf16)->Arg(1)->Arg(8)->Arg(256);

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
