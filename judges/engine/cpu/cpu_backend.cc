#include "judges/engine/cpu/cpu_backend.h"

#include <fmt/format.h>

#include "judges/engine/container/values/convert.h"
#include "judges/engine/cpu/cpu_class.h"

namespace vernier::engine {
namespace {

cpu::Storage storage_of(DType type) {
  return type == DType::kF16    ? cpu::Storage::kF16
         : type == DType::kBf16 ? cpu::Storage::kBf16
                                : cpu::Storage::kF32;
}

cpu::Weights weights_of(const Matrix& m) { return {m.data, storage_of(m.type), m.rows, m.columns}; }

}  // namespace

std::unique_ptr<Backend> make_cpu_backend(unsigned threads) {
  return std::make_unique<CpuBackend>(threads);
}

std::string CpuBackend::name() const {
  return fmt::format("cpu ({}, {} thread{})", kernels_.name, team_.size(),
                     team_.size() == 1 ? "" : "s");
}

std::unique_ptr<Memory> CpuBackend::allocate(std::size_t floats) {
  return std::make_unique<CpuMemory>(floats);
}

Matrix CpuBackend::matrix(const TensorView& tensor, std::size_t rows, std::size_t columns) {
  const bool computable =
      tensor.dtype == DType::kF32 || tensor.dtype == DType::kF16 || tensor.dtype == DType::kBf16;
  const auto address = reinterpret_cast<std::uintptr_t>(tensor.bytes.data());
  if (computable && address % size_of(tensor.dtype) == 0) {
    return {tensor.bytes.data(), tensor.dtype, rows, columns};
  }
  return {vector(tensor).data, DType::kF32, rows, columns};
}

Vector CpuBackend::vector(const TensorView& tensor) {
  std::vector<float>& copy = copies_.emplace_back(tensor.elements());
  to_float(tensor.dtype, tensor.bytes, copy);
  return {copy.data(), copy.size()};
}

void CpuBackend::to_host(const float* from, std::span<float> to) {
  std::copy_n(from, to.size(), to.data());
}

void CpuBackend::from_host(std::span<const float> from, float* to) {
  std::copy(from.begin(), from.end(), to);
}

void CpuBackend::copy(const float* from, float* to, std::size_t floats) {
  std::copy_n(from, floats, to);
}

void CpuBackend::reserve_scratch(std::size_t floats) {
  for (std::unique_ptr<CpuMemory>& memory : scratch_) {
    if (memory == nullptr || memory->floats() < floats) {
      memory = std::make_unique<CpuMemory>(floats);
    }
  }
}

void CpuBackend::do_linear(Rows x, const Matrix& w, const float* bias, Rows y) {
  if (w.quantised) {
    return multiply_packed(x, *static_cast<const cpu::PackedWeights*>(w.data), bias, y);
  }
  const cpu::Weights weights = weights_of(w);
  reserve_scratch(cpu::scratch_floats(w.columns));
  // Parts of whole blocks, so that a block is converted once.
  const std::size_t unit = x.count == 1 ? 16 : cpu::kBlockRows;
  split(w.rows, unit, x.count * w.columns, [&](unsigned t, std::size_t begin, std::size_t end) {
    kernels_.multiply(x.data, x.count, weights, bias, begin, end, y.data, scratch(t));
  });
}

void CpuBackend::do_layer_norm(Rows x, const float* weight, const float* bias, float eps, Rows y) {
  over_rows(x, 8, [&](std::size_t first, std::size_t rows) {
    kernels_.layer_norm(x.from(first, rows).data, rows, x.width, weight, bias, eps,
                        y.from(first, rows).data);
  });
}

void CpuBackend::do_rms_norm(Rows x, const float* weight, float eps, Rows y) {
  over_rows(x, 4, [&](std::size_t first, std::size_t rows) {
    kernels_.rms_norm(x.from(first, rows).data, rows, x.width, weight, eps,
                      y.from(first, rows).data);
  });
}

void CpuBackend::do_activate(Activation kind, Rows x) {
  over_rows(x, 16, [&](std::size_t first, std::size_t rows) {
    const Rows part = x.from(first, rows);
    switch (kind) {
      case Activation::kGelu:
        return kernels_.gelu(part.data, part.size());
      case Activation::kGeluTanh:
        return kernels_.gelu_tanh(part.data, part.size());
      case Activation::kQuickGelu:
        return kernels_.quick_gelu(part.data, part.size());
    }
  });
}

void CpuBackend::do_gated_silu(Rows gate, Rows up) {
  over_rows(gate, 16, [&](std::size_t first, std::size_t rows) {
    kernels_.gated_silu(gate.from(first, rows).data, up.from(first, rows).data, rows * gate.width);
  });
}

void CpuBackend::do_add(Rows x, Rows y) {
  over_rows(x, 1, [&](std::size_t first, std::size_t rows) {
    kernels_.add(x.from(first, rows).data, y.from(first, rows).data, rows * x.width);
  });
}

void CpuBackend::do_embed(const Matrix& table, std::span<const std::uint32_t> ids, Rows y) {
  const cpu::Weights weights = weights_of(table);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    kernels_.unpack(weights, ids[i], y.from(i, 1).data);
  }
}

void CpuBackend::do_scatter(Rows x, std::span<const std::uint32_t> from,
                            std::span<const std::uint32_t> to, Rows y) {
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::copy_n(x.from(from[i], 1).data, x.width, y.from(to[i], 1).data);
  }
}

void CpuBackend::do_rotate(Rows x, std::size_t heads, Rows cos, Rows sin) {
  over_rows(x, 4, [&](std::size_t first, std::size_t rows) {
    for (std::size_t r = first; r < first + rows; ++r) {
      kernels_.rotate(x.from(r, 1).data, heads, cos.width, cos.from(r, 1).data,
                      sin.from(r, 1).data);
    }
  });
}

void CpuBackend::do_log_sum_exp(Rows logits, std::span<float> out) {
  over_rows(logits, 8, [&](std::size_t first, std::size_t rows) {
    for (std::size_t r = first; r < first + rows; ++r) {
      out[r] = kernels_.log_sum_exp(logits.from(r, 1).data, logits.width);
    }
  });
}

void CpuBackend::do_argmax(Rows logits, std::span<std::uint32_t> out) {
  over_rows(logits, 1, [&](std::size_t first, std::size_t rows) {
    for (std::size_t r = first; r < first + rows; ++r) {
      const float* const row = logits.from(r, 1).data;
      out[r] = static_cast<std::uint32_t>(std::max_element(row, row + logits.width) - row);
    }
  });
}

}  // namespace vernier::engine
