#include "judges/engine/cuda/cuda_backend.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "judges/engine/container/values/convert.h"
#include "judges/engine/cuda/cuda_class.h"
#include "judges/engine/cuda/kernels/elementwise.h"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/logits.h"
#include "judges/engine/cuda/kernels/norms.h"
#include "judges/engine/cuda/products/packed/multiply_packed.h"

namespace vernier::engine::cuda {
namespace {

constexpr std::size_t kChunk = 8;  ///< numbers of 16 bits in 16 bytes

/// Rows that own kernels take where others may: above these, time goes into products, not into
/// reading weights.
constexpr std::size_t kMostOwnRows = 128, kMostPackedRows = 64;

std::size_t round_up(std::size_t n, std::size_t unit) { return (n + unit - 1) / unit * unit; }

std::string describe(int number) {
  int count = 0;
  const cudaError_t error = cudaGetDeviceCount(&count);
  if (error != cudaSuccess) {
    throw Error(ExitCode::kResource,
                fmt::format("CUDA: no device can be used ({}); is NVIDIA's driver installed? "
                            "--device cpu needs none",
                            cudaGetErrorString(error)));
  }
  if (number >= count) {
    throw Error(ExitCode::kResource,
                fmt::format("CUDA: no device {}: there are {}, counted from 0", number, count));
  }
  check(cudaSetDevice(number), "choosing the device");
  cudaDeviceProp properties{};
  check(cudaGetDeviceProperties(&properties, number), "asking about the device");
  if (properties.major < 8) {
    throw Error(
        ExitCode::kResource,
        fmt::format("CUDA: {} is of compute capability {}.{}; 8.0 (Ampere) or later is wanted",
                    properties.name, properties.major, properties.minor));
  }
  return fmt::format("cuda ({}, {} multiprocessors)", properties.name,
                     properties.multiProcessorCount);
}

const DeviceMatrix& device(const Matrix& m) { return *static_cast<const DeviceMatrix*>(m.data); }

bool overlap(const Rows& a, const Rows& b) {
  return a.data < b.data + b.size() && b.data < a.data + a.size();
}

}  // namespace

std::unique_ptr<Backend> make_cuda_backend(int number, bool deterministic) {
  return std::make_unique<CudaBackend>(number, deterministic);
}

CudaBackend::CudaBackend(int number, bool deterministic) : name_(describe(number)) {
  check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking), "making a stream");
  if (deterministic) return;
  large_.emplace();
  if (large_->available()) name_ += ", " + large_->version();
}

CudaBackend::~CudaBackend() { static_cast<void>(cudaStreamDestroy(stream_)); }

std::string CudaBackend::compute() const {
  const char* const type = type_ == DType::kF16    ? "cuda-f16"
                           : type_ == DType::kBf16 ? "cuda-bf16"
                                                   : "cuda-f32";
  return large_ ? type : std::string(type) + "-invariant";
}

std::unique_ptr<Memory> CudaBackend::allocate(std::size_t floats) {
  return std::make_unique<DeviceFloats>(floats, stream_);
}

Matrix CudaBackend::matrix(const TensorView& tensor, std::size_t rows, std::size_t columns) {
  DeviceMatrix out{nullptr, tensor.dtype, rows, columns, columns};
  const bool narrow = tensor.dtype == DType::kF16 || tensor.dtype == DType::kBf16;
  std::vector<float> floats;
  const void* from = tensor.bytes.data();
  if (narrow) {
    type_ = tensor.dtype;
    out.stride = round_up(columns, kChunk);
  } else {
    out.type = DType::kF32;
    floats.resize(tensor.elements());
    to_float(tensor.dtype, tensor.bytes, floats);
    from = floats.data();
  }
  const std::size_t row_bytes = columns * size_of(out.type), pitch = out.stride * size_of(out.type);
  DeviceBytes& bytes = weights_.emplace_back(rows * pitch);
  out.data = bytes.data();
  if (row_bytes == pitch) {
    check(cudaMemcpyAsync(bytes.data(), from, bytes.bytes(), cudaMemcpyHostToDevice, stream_),
          "copying weights");
  } else {
    check(cudaMemsetAsync(bytes.data(), 0, bytes.bytes(), stream_), "copying weights");
    check(cudaMemcpy2DAsync(bytes.data(), pitch, from, row_bytes, row_bytes, rows,
                            cudaMemcpyHostToDevice, stream_),
          "copying weights");
  }
  check(cudaStreamSynchronize(stream_), "copying weights");  // `from` may go
  return {&matrices_.emplace_back(out), out.type, rows, columns};
}

const void* CudaBackend::keep(const void* from, std::size_t bytes) {
  DeviceBytes& kept = weights_.emplace_back(bytes);
  check(cudaMemcpyAsync(kept.data(), from, bytes, cudaMemcpyHostToDevice, stream_),
        "copying weights");
  check(cudaStreamSynchronize(stream_), "copying weights");  // `from` may go
  return kept.data();
}

Matrix CudaBackend::matrix(const QuantisedMatrix& weights) {
  if (type_ == DType::kF32) type_ = DType::kF16;
  const PackedBytes bytes = pack(weights, type_);
  PackedWeights out;
  out.codes = keep(bytes.codes.data(), bytes.codes.size());
  out.groups = keep(bytes.groups.data(), bytes.groups.size());
  if (!weights.order.empty()) {
    out.order = static_cast<const std::uint32_t*>(
        keep(weights.order.data(), weights.order.size() * sizeof(std::uint32_t)));
  }
  out.type = type_;
  out.bits = weights.bits;
  out.rows = weights.rows;
  out.columns = weights.columns;
  out.group = weights.group;
  out.groups_across = weights.groups();
  return {&packed_.emplace_back(out), DType::kF32, weights.rows, weights.columns, true};
}

Vector CudaBackend::vector(const TensorView& tensor) {
  std::vector<float> floats(tensor.elements());
  to_float(tensor.dtype, tensor.bytes, floats);
  return {static_cast<const float*>(keep(floats.data(), floats.size() * sizeof(float))),
          floats.size()};
}

void CudaBackend::read(const void* from, void* to, std::size_t bytes) {
  check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream_), "copying to the host");
  check(cudaStreamSynchronize(stream_), "waiting for the device");
}

void CudaBackend::to_host(const float* from, std::span<float> to) {
  read(from, to.data(), to.size_bytes());
}

void CudaBackend::from_host(std::span<const float> from, float* to) {
  written({to, 1, from.size()});
  check(cudaMemcpyAsync(to, from.data(), from.size_bytes(), cudaMemcpyHostToDevice, stream_),
        "copying to the device");
  check(cudaStreamSynchronize(stream_), "copying to the device");
}

void CudaBackend::copy(const float* from, float* to, std::size_t floats) {
  written({to, 1, floats});
  check(cudaMemcpyAsync(to, from, floats * sizeof(float), cudaMemcpyDeviceToDevice, stream_),
        "copying on the device");
}

std::size_t CudaBackend::page_floats(const PageLayout& layout) const {
  return type_ == DType::kF32 ? layout.floats() : layout.floats() / 2;
}

void CudaBackend::repeat(std::uint64_t key, const std::function<void()>& work) {
  // What is kept of rows before it may differ from time to time: nothing of it is used.
  kept_ = {};
  recorded_.repeat(stream_, mix(key, places_.size() | 1), work);
  kept_ = {};
}

Copy16 CudaBackend::copy_for(Rows x) {
  kept_ = {};
  if (type_ == DType::kF32) return {};
  kept_.of = x;
  kept_.copy.type = type_;
  kept_.copy.stride = round_up(x.width, kChunk);
  kept_.copy.data = kept_room_.of(x.count * kept_.copy.stride * 2, stream_);
  return kept_.copy;
}

Copy16 CudaBackend::in_16_bits(Rows x, DType type) {
  const Rows& of = kept_.of;
  const bool kept = kept_.copy.data != nullptr && kept_.copy.type == type && of.data == x.data &&
                    of.width == x.width && of.count >= x.count;
  if (kept) return kept_.copy;
  type_ = type;
  const Copy16 copy = copy_for(x);
  copy_to_16(stream_, x, copy);
  return copy;
}

void CudaBackend::written(Rows x) {
  if (kept_.copy.data != nullptr && overlap(kept_.of, x)) kept_ = {};
}

void CudaBackend::multiply_quantised(Rows x, std::span<const Projection> projections, bool adds) {
  const auto weights = [](const Projection& p) {
    return static_cast<const PackedWeights*>(p.w.data);
  };
  const PackedWeights& first = *weights(projections[0]);
  std::vector<Target<PackedWeights>> targets;
  for (const Projection& p : projections) {
    const PackedWeights& w = *weights(p);
    if (w.bits != first.bits || w.group != first.group || w.order != first.order) {
      for (const Projection& one : projections) multiply_quantised(x, {&one, 1}, adds);
      return;
    }
    targets.push_back({&w, p.bias.data, p.y.data, adds});
  }
  Copy16 copy = in_16_bits(x, first.type);
  if (first.order != nullptr) {
    Copy16 to = copy;
    to.data = reordered_.of(x.count * to.stride * 2, stream_);
    reorder(stream_, copy, x.count, first.order, x.width, to);
    copy = to;
  }
  if (!large_ || x.count <= kMostPackedRows) {
    return multiply_packed(stream_, copy, x.count, targets);
  }
  for (const Target<PackedWeights>& t : targets) {
    DeviceMatrix whole{nullptr, first.type, t.weights->rows, first.columns, first.columns};
    void* const memory = unpacked_.of(whole.rows * whole.stride * 2, stream_);
    unpack(stream_, *t.weights, memory, whole.stride);
    whole.data = memory;
    const Target<DeviceMatrix> target{&whole, t.bias, t.y, t.adds};
    multiply_narrow(copy, x.count, {&target, 1});
  }
}

void CudaBackend::multiply_narrow(Copy16 x, std::size_t rows,
                                  std::span<const Target<DeviceMatrix>> targets) {
  if (!large_ || !large_->available() || rows <= kMostOwnRows) {
    return multiply16(stream_, x, rows, targets);
  }
  for (const Target<DeviceMatrix>& target : targets) large_->multiply(stream_, x, rows, target);
}

void CudaBackend::multiply(Rows x, std::span<const Projection> projections, bool adds) {
  const bool quantised = projections[0].w.quantised;
  const bool narrow = !quantised && device(projections[0].w).type != DType::kF32;
  std::vector<Target<DeviceMatrix>> targets;
  for (const Projection& p : projections) {
    const bool alike = p.w.quantised == quantised && p.w.type == projections[0].w.type;
    if (!alike || (!quantised && !narrow && projections.size() > 1)) {
      for (const Projection& one : projections) multiply(x, {&one, 1}, adds);
      return;
    }
    if (!quantised) targets.push_back({&device(p.w), p.bias.data, p.y.data, adds});
  }
  if (quantised) {
    multiply_quantised(x, projections, adds);
  } else if (narrow) {
    multiply_narrow(in_16_bits(x, targets[0].weights->type), x.count, targets);
  } else {
    multiply32(stream_, x, targets[0]);
  }
  for (const Projection& p : projections) written(p.y);
}

void CudaBackend::do_linear(Rows x, const Matrix& w, const float* bias, Rows y) {
  const Projection one{w, {bias, w.rows}, y};
  multiply(x, {&one, 1}, false);
}

void CudaBackend::do_linears(Rows x, std::span<const Projection> projections) {
  for (std::size_t i = 0; i < projections.size(); i += kMostTargets) {
    multiply(x, projections.subspan(i, std::min(kMostTargets, projections.size() - i)), false);
  }
}

void CudaBackend::do_add_linear(Rows x, const Matrix& w, const float* bias, Rows /*room*/,
                                Rows sum) {
  const Projection one{w, {bias, w.rows}, sum};
  multiply(x, {&one, 1}, true);
}

void CudaBackend::do_layer_norm(Rows x, const float* weight, const float* bias, float eps, Rows y) {
  cuda::layer_norm(stream_, x, weight, bias, eps, y, copy_for(y));
}

void CudaBackend::do_rms_norm(Rows x, const float* weight, float eps, Rows y) {
  cuda::rms_norm(stream_, x, weight, eps, y, copy_for(y));
}

void CudaBackend::do_activate(Activation kind, Rows x) {
  cuda::activate(stream_, kind, x, copy_for(x));
}

void CudaBackend::do_gated_silu(Rows gate, Rows up) {
  cuda::gated_silu(stream_, gate, up, copy_for(gate));
}

void CudaBackend::do_add(Rows x, Rows y) {
  written(x);
  cuda::add(stream_, x, y);
}

void CudaBackend::do_embed(const Matrix& table, std::span<const std::uint32_t> ids, Rows y) {
  written(y);
  const DeviceMatrix& m = device(table);
  cuda::embed(stream_, m.data, m.type, m.stride, indices_.copy_of(ids, stream_), y);
}

void CudaBackend::do_scatter(Rows x, std::span<const std::uint32_t> from,
                             std::span<const std::uint32_t> to, Rows y) {
  written(y);
  cuda::scatter(stream_, x, indices_.copy_of(from, stream_), more_indices_.copy_of(to, stream_),
                from.size(), y);
}

void CudaBackend::do_rotate(Rows x, std::size_t heads, Rows cos, Rows sin) {
  written(x);
  cuda::rotate(stream_, x, heads, cos.data, sin.data);
}

PagePart CudaBackend::part_of(const PageLayout& layout, std::size_t layer) const {
  return {type_,
          layout.keys(layer, 0),
          layout.values(layer, 0),
          static_cast<std::uint32_t>(layout.heads),
          static_cast<std::uint32_t>(layout.size),
          static_cast<std::uint32_t>(layout.padded())};
}

void CudaBackend::do_attend_all(Rows q, Rows k, Rows v, std::size_t tokens, std::size_t heads,
                                Rows out) {
  const PageLayout layout{1, heads, q.width / heads};
  const std::size_t images = q.count / tokens, own = (tokens + kPageTokens - 1) / kPageTokens;
  const std::size_t bytes = images * own * layout.floats() * sizeof(float);
  auto* const memory = static_cast<float*>(tower_pages_.of(bytes, stream_));
  if (layout.padded() != layout.size) {
    check(cudaMemsetAsync(memory, 0, bytes, stream_), "clearing memory");
  }
  std::vector<float*> pages;
  std::vector<Stretch> stretches;
  for (std::size_t p = 0; p < images * own; ++p) pages.push_back(memory + p * layout.floats());
  for (std::size_t i = 0; i < images; ++i) {
    stretches.push_back({i * tokens, tokens, 0, std::span(pages).subspan(i * own, own)});
  }
  const DevicePlaces places = places_.of(stretches, 0, stream_);
  store(stream_, places, part_of(layout, 0), k, v);
  cuda::attend(stream_, places, part_of(layout, 0), q, heads, false, out, copy_for(out), nullptr);
}

void CudaBackend::do_store(Rows k, Rows v, const PageLayout& layout, std::size_t layer,
                           std::span<const Stretch> stretches) {
  store(stream_, places_.of(stretches, 0, stream_), part_of(layout, layer), k, v);
}

void CudaBackend::do_rotate_and_store(Rows q, std::size_t heads, Rows k, Rows v, Rows cos, Rows sin,
                                      const PageLayout& layout, std::size_t layer,
                                      std::span<const Stretch> stretches) {
  written(q);
  cuda::rotate_and_store(stream_, places_.of(stretches, 0, stream_), part_of(layout, layer), q,
                         heads, k, v, cos.data, sin.data);
}

void CudaBackend::do_attend(Rows q, std::size_t heads, const PageLayout& layout, std::size_t layer,
                            std::span<const Stretch> stretches, Rows out) {
  const auto group = static_cast<std::uint32_t>(heads / layout.heads);
  const DevicePlaces places = places_.of(stretches, type_ == DType::kF32 ? 0 : group, stream_);
  const std::size_t floats = places.units.part_floats(heads, layout.size);
  auto* const parts = static_cast<float*>(attention_parts_.of(floats * sizeof(float), stream_));
  cuda::attend(stream_, places, part_of(layout, layer), q, heads, true, out, copy_for(out), parts);
}

void CudaBackend::do_log_sum_exp(Rows logits, std::span<float> out) {
  auto* const results = static_cast<float*>(results_.of(out.size_bytes(), stream_));
  cuda::log_sum_exp(stream_, logits, results);
  read(results, out.data(), out.size_bytes());
}

void CudaBackend::do_argmax(Rows logits, std::span<std::uint32_t> out) {
  auto* const results = static_cast<std::uint32_t*>(results_.of(out.size_bytes(), stream_));
  cuda::argmax(stream_, logits, results);
  read(results, out.data(), out.size_bytes());
}

}  // namespace vernier::engine::cuda
