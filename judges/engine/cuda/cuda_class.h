// The class behind make_cuda_backend.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "judges/engine/cuda/attention/attention.h"
#include "judges/engine/cuda/cuda_backend.h"
#include "judges/engine/cuda/device_memory.h"
#include "judges/engine/cuda/places.h"
#include "judges/engine/cuda/products/cublaslt/large_products.h"
#include "judges/engine/cuda/products/packed/packed_weights.h"
#include "judges/engine/cuda/products/products.h"
#include "judges/engine/cuda/recorded.h"

namespace vernier::engine::cuda {

class CudaBackend final : public Backend {
 public:
  CudaBackend(int number, bool deterministic);
  ~CudaBackend() override;
  CudaBackend(const CudaBackend&) = delete;
  CudaBackend& operator=(const CudaBackend&) = delete;

  std::string name() const override { return name_; }
  std::string compute() const override;
  std::unique_ptr<Memory> allocate(std::size_t floats) override;
  Matrix matrix(const TensorView& tensor, std::size_t rows, std::size_t columns) override;
  Matrix matrix(const QuantisedMatrix& weights) override;
  Vector vector(const TensorView& tensor) override;
  void to_host(const float* from, std::span<float> to) override;
  void from_host(std::span<const float> from, float* to) override;
  void copy(const float* from, float* to, std::size_t floats) override;
  std::size_t page_floats(const PageLayout& layout) const override;
  void prepare(std::span<const Stretch> stretches) override { places_.keep(stretches, stream_); }
  void repeat(std::uint64_t key, const std::function<void()>& work) override;

 private:
  void do_linear(Rows x, const Matrix& w, const float* bias, Rows y) override;
  void do_linears(Rows x, std::span<const Projection> projections) override;
  void do_add_linear(Rows x, const Matrix& w, const float* bias, Rows room, Rows sum) override;
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
  void do_rotate_and_store(Rows q, std::size_t heads, Rows k, Rows v, Rows cos, Rows sin,
                           const PageLayout& layout, std::size_t layer,
                           std::span<const Stretch> stretches) override;
  void do_attend(Rows q, std::size_t heads, const PageLayout& layout, std::size_t layer,
                 std::span<const Stretch> stretches, Rows out) override;
  void do_log_sum_exp(Rows logits, std::span<float> out) override;
  void do_argmax(Rows logits, std::span<std::uint32_t> out) override;

  /// The numbers of x in 16 bits: those that a kernel wrote beside x, or made now.
  Copy16 in_16_bits(Rows x, DType type);
  /// One launch for those that one kernel can do.
  void multiply(Rows x, std::span<const Projection> projections, bool adds);
  void multiply_quantised(Rows x, std::span<const Projection> projections, bool adds);
  void multiply_narrow(Copy16 x, std::size_t rows, std::span<const Target<DeviceMatrix>> targets);
  /// Where a kernel that writes x may put its numbers in 16 bits, too.
  Copy16 copy_for(Rows x);
  /// x is about to be written otherwise: what is kept of it is out of date.
  void written(Rows x);
  /// A copy on the device that stays.
  const void* keep(const void* from, std::size_t bytes);
  PagePart part_of(const PageLayout& layout, std::size_t layer) const;
  void read(const void* from, void* to, std::size_t bytes);

  std::string name_;
  cudaStream_t stream_ = nullptr;
  std::deque<DeviceBytes> weights_;
  std::deque<DeviceMatrix> matrices_;
  std::deque<PackedWeights> packed_;
  DeviceRoom indices_, more_indices_, results_, tower_pages_, reordered_, attention_parts_,
      unpacked_;
  KeptPlaces places_;
  RecordedWork recorded_;
  std::optional<LargeProducts> large_;  ///< none: deterministic

  /// Of weights in 16 bits, the last that were used; pages and copies hold numbers of this type.
  DType type_ = DType::kF32;
  struct Kept {
    Rows of;
    Copy16 copy;
  };
  Kept kept_;
  DeviceRoom kept_room_;
};

}  // namespace vernier::engine::cuda
