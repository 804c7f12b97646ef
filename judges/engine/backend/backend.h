// Where a model is computed. A model's parts are written once, in these operations; a backend
// carries them out on a processor or an accelerator.
//
// Contract of every operation: a row's result depends on that row alone (and, for attention, on the
// tokens it sees), to the last bit: not on the number of rows, nor on threads. The public functions
// check the shapes (a wrong one is a bug: Error kInternal) and hand over to the backend.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "judges/engine/backend/tensor.h"
#include "judges/engine/container/tensor_view.h"
#include "judges/engine/quantisation/quantised_matrix.h"

namespace vernier::engine {

enum class Activation : std::uint8_t { kGelu, kGeluTanh, kQuickGelu };

/// Memory of a backend; freed with it.
class Memory {
 public:
  virtual ~Memory() = default;
  float* data() const { return data_; }
  std::size_t floats() const { return floats_; }

 protected:
  float* data_ = nullptr;
  std::size_t floats_ = 0;
};

/// One of several products of the same rows: y [R, O] = x [R, I] times the transpose of w, plus
/// bias.
struct Projection {
  Matrix w;
  Vector bias;
  Rows y;
};

class Backend {
 public:
  virtual ~Backend() = default;

  /// For reports and signatures, e.g. "cpu (avx512, 2 threads)".
  virtual std::string name() const = 0;

  /// What products are computed from, for signatures: results of different kinds differ in their
  /// last digits. "fp32", "cuda-f16".
  virtual std::string compute() const = 0;

  /// Zeros. Error kResource when there is not enough memory.
  virtual std::unique_ptr<Memory> allocate(std::size_t floats) = 0;
  /// Weights to be used until the backend is gone; the bytes must stay where they are. F32, F16 and
  /// BF16 stay as they are; others are converted to F32.
  virtual Matrix matrix(const TensorView& tensor, std::size_t rows, std::size_t columns) = 0;
  /// Lays weights in few bits out for its kernels, once; they need not stay. Products with them are
  /// those with the weights that they stand for, to a relative error of 1e-4 on a processor (inputs
  /// are rounded to 16 bits of the largest of their block, at most 128 of them) and of 2e-3 on a
  /// device (inputs and weights are rounded to numbers of 16 bits).
  virtual Matrix matrix(const QuantisedMatrix& weights) = 0;
  virtual Vector vector(const TensorView& tensor) = 0;
  virtual void to_host(const float* from, std::span<float> to) = 0;
  virtual void from_host(std::span<const float> from, float* to) = 0;
  virtual void copy(const float* from, float* to, std::size_t floats) = 0;

  /// Numbers that a page of keys and values takes of allocate()'s memory.
  virtual std::size_t page_floats(const PageLayout& layout) const { return layout.floats(); }
  /// These stretches are those of the next operations: a backend may copy what it needs of them
  /// once for all layers.
  virtual void prepare(std::span<const Stretch> /*stretches*/) {}
  /// Runs `work`, which under the same key always starts the same operations on the same memory,
  /// and takes nothing from the host but what prepare() and from_host() have brought there before.
  /// A backend may record it and play it again.
  virtual void repeat(std::uint64_t /*key*/, const std::function<void()>& work) { work(); }

  /// y [R, O] = x [R, I] times the transpose of w [O, I], plus bias [O] if there is one.
  void linear(Rows x, const Matrix& w, Vector bias, Rows y);
  /// Several at once: as linear() for each.
  void linears(Rows x, std::span<const Projection> projections);
  /// sum += what linear() gives; `room`, like sum, may hold it meanwhile.
  void add_linear(Rows x, const Matrix& w, Vector bias, Rows room, Rows sum);
  /// y [R, C]; y may be x.
  void layer_norm(Rows x, Vector weight, Vector bias, float eps, Rows y);
  void rms_norm(Rows x, Vector weight, float eps, Rows y);
  /// In place.
  void activate(Activation kind, Rows x);
  /// gate [R, C] = gate * sigmoid(gate) * up.
  void gated_silu(Rows gate, Rows up);
  void add(Rows x, Rows y);  ///< x += y
  /// Row i of y [R, C] is row ids[i] of the table [V, C].
  void embed(const Matrix& table, std::span<const std::uint32_t> ids, Rows y);
  /// Row to[i] of y is row from[i] of x.
  void scatter(Rows x, std::span<const std::uint32_t> from, std::span<const std::uint32_t> to,
               Rows y);
  /// Rotary positions in place: x [R, heads * size]; number i of a head turns with i + size / 2.
  /// cos, sin [R, size / 2].
  void rotate(Rows x, std::size_t heads, Rows cos, Rows sin);

  /// Every image's rows see all rows of that image: q, k, v, out [images * tokens, heads * size].
  void attend_all(Rows q, Rows k, Rows v, std::size_t tokens, std::size_t heads, Rows out);
  /// Puts keys and values [R, kv heads * size] into the pages of their sequences.
  void store_keys_values(Rows k, Rows v, const PageLayout& layout, std::size_t layer,
                         std::span<const Stretch> stretches);
  /// rotate() of q and of k, then store_keys_values().
  void rotate_and_store(Rows q, std::size_t heads, Rows k, Rows v, Rows cos, Rows sin,
                        const PageLayout& layout, std::size_t layer,
                        std::span<const Stretch> stretches);
  /// Causal attention over stored tokens: q, out [R, heads * size], heads a multiple of the
  /// layout's.
  void attend(Rows q, std::size_t heads, const PageLayout& layout, std::size_t layer,
              std::span<const Stretch> stretches, Rows out);

  /// Of each row of logits [R, V]: the log of its sum of exponentials.
  void log_sum_exp(Rows logits, std::span<float> out);
  /// Of each row: the number of its largest, the lowest of equally large ones.
  void argmax(Rows logits, std::span<std::uint32_t> out);

 protected:
  virtual void do_linear(Rows x, const Matrix& w, const float* bias, Rows y) = 0;
  virtual void do_linears(Rows x, std::span<const Projection> projections);
  virtual void do_add_linear(Rows x, const Matrix& w, const float* bias, Rows room, Rows sum);
  virtual void do_layer_norm(Rows x, const float* weight, const float* bias, float eps, Rows y) = 0;
  virtual void do_rms_norm(Rows x, const float* weight, float eps, Rows y) = 0;
  virtual void do_activate(Activation kind, Rows x) = 0;
  virtual void do_gated_silu(Rows gate, Rows up) = 0;
  virtual void do_add(Rows x, Rows y) = 0;
  virtual void do_embed(const Matrix& table, std::span<const std::uint32_t> ids, Rows y) = 0;
  virtual void do_scatter(Rows x, std::span<const std::uint32_t> from,
                          std::span<const std::uint32_t> to, Rows y) = 0;
  virtual void do_rotate(Rows x, std::size_t heads, Rows cos, Rows sin) = 0;
  virtual void do_attend_all(Rows q, Rows k, Rows v, std::size_t tokens, std::size_t heads,
                             Rows out) = 0;
  virtual void do_store(Rows k, Rows v, const PageLayout& layout, std::size_t layer,
                        std::span<const Stretch> stretches) = 0;
  virtual void do_rotate_and_store(Rows q, std::size_t heads, Rows k, Rows v, Rows cos, Rows sin,
                                   const PageLayout& layout, std::size_t layer,
                                   std::span<const Stretch> stretches);
  virtual void do_attend(Rows q, std::size_t heads, const PageLayout& layout, std::size_t layer,
                         std::span<const Stretch> stretches, Rows out) = 0;
  virtual void do_log_sum_exp(Rows logits, std::span<float> out) = 0;
  virtual void do_argmax(Rows logits, std::span<std::uint32_t> out) = 0;
};

}  // namespace vernier::engine
