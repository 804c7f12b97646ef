// The class behind make_cpu_backend.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/threads/thread_team.h"
#include "judges/engine/backend/backend.h"
#include "judges/engine/cpu/cpu_memory.h"
#include "judges/engine/cpu/kernels/kernels.h"
#include "judges/engine/cpu/weight_memory.h"

namespace vernier::engine {

class CpuBackend final : public Backend {
 public:
  explicit CpuBackend(unsigned threads) : team_(threads), scratch_(threads) {}

  std::string name() const override;
  std::string compute() const override { return "fp32"; }
  std::unique_ptr<Memory> allocate(std::size_t floats) override;
  Matrix matrix(const TensorView& tensor, std::size_t rows, std::size_t columns) override;
  Matrix matrix(const QuantisedMatrix& weights) override;
  Vector vector(const TensorView& tensor) override;
  void to_host(const float* from, std::span<float> to) override;
  void from_host(std::span<const float> from, float* to) override;
  void copy(const float* from, float* to, std::size_t floats) override;

 private:
  void do_linear(Rows x, const Matrix& w, const float* bias, Rows y) override;
  void do_layer_norm(Rows x, const float* weight, const float* bias, float eps, Rows y) override;
  void do_rms_norm(Rows x, const float* weight, float eps, Rows y) override;
  void do_activate(Activation kind, Rows x) override;
  void do_gated_silu(Rows gate, Rows up) override;
  void do_add(Rows x, Rows y) override;
  void do_embed(const Matrix& table, std::span<const std::uint32_t> ids, Rows y) override;
  void do_scatter(Rows x, std::span<const std::uint32_t> from, std::span<const std::uint32_t> to,
                  Rows y) override;
  void do_rotate(Rows x, std::size_t heads, Rows cos, Rows sin) override;
  void do_attend_all(Rows q, Rows k, Rows v, std::size_t tokens, std::size_t heads,
                     Rows out) override;
  void do_store(Rows k, Rows v, const PageLayout& layout, std::size_t layer,
                std::span<const Stretch> stretches) override;
  void do_attend(Rows q, std::size_t heads, const PageLayout& layout, std::size_t layer,
                 std::span<const Stretch> stretches, Rows out) override;
  void do_log_sum_exp(Rows logits, std::span<float> out) override;
  void do_argmax(Rows logits, std::span<std::uint32_t> out) override;

  void multiply_packed(Rows x, const cpu::PackedWeights& weights, const float* bias, Rows y);

  /// Calls f(thread, begin, end) for parts of [0, count) that begin at multiples of `unit`; `cost`:
  /// multiplications an item. f must not throw.
  template <class F>
  void split(std::size_t count, std::size_t unit, std::size_t cost, const F& f) {
    // Below this many multiplications a second thread costs more than it brings (about 10 us).
    constexpr std::size_t kWorthAThread = 200'000;
    const std::size_t units = (count + unit - 1) / unit;
    const std::size_t useful = 1 + count * cost / kWorthAThread;
    const auto parts = std::min({std::size_t{team_.size()}, units, useful});
    if (parts == 1) return f(0U, std::size_t{0}, count);
    team_.run([&](unsigned t) {
      if (t >= parts) return;
      const std::size_t begin = units * t / parts * unit, end = units * (t + 1) / parts * unit;
      f(t, begin, std::min(end, count));
    });
  }

  /// f(first, rows) for parts of x; `cost`: multiplications a number.
  template <class F>
  void over_rows(Rows x, std::size_t cost, const F& f) {
    split(x.count, 1, x.width * cost,
          [&](unsigned, std::size_t begin, std::size_t end) { f(begin, end - begin); });
  }

  /// Makes room for every thread; what was in it is lost.
  void reserve_scratch(std::size_t floats);
  float* scratch(unsigned thread) { return scratch_[thread]->data(); }

  const cpu::Kernels& kernels_ = cpu::best_kernels();
  ThreadTeam team_;
  std::vector<std::unique_ptr<CpuMemory>> scratch_;
  std::unique_ptr<CpuMemory> packed_;      ///< queries and results with padded heads
  std::deque<std::vector<float>> copies_;  ///< weights that could not stay as they were
  WeightMemory weight_memory_;             ///< weights of few bits
  std::deque<cpu::PackedWeights> packed_weights_;
  std::deque<std::vector<std::uint32_t>> orders_;  ///< of their inputs
  std::unique_ptr<CpuMemory> rounded_;             ///< inputs for them
};

}  // namespace vernier::engine
