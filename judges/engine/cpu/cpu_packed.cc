// Products with weights of few bits: laid out once, inputs rounded once for all threads.
#include "judges/engine/cpu/cpu_class.h"
#include "judges/engine/cpu/kernels/packed/pack.h"

namespace vernier::engine {
namespace {

/// Bytes behind a row of rounded inputs: without them rows of 2,048 numbers share lines of the
/// first cache.
constexpr std::size_t kBetweenRows = 64;

/// So many multiplications take the time of one with weights of 16 bits.
constexpr std::size_t kToOneOf16Bits = 4;

cpu::RoundedInputs rounded_inputs(const cpu::PackedWeights& weights, std::size_t rows,
                                  float* memory) {
  cpu::RoundedInputs out;
  out.stride = 2 * weights.depth + kBetweenRows;
  out.scale_stride = 2 * (weights.depth / weights.block);
  out.numbers = reinterpret_cast<std::uint8_t*>(memory);
  out.scales = memory == nullptr ? nullptr : memory + rows * out.stride / sizeof(float);
  return out;
}

std::size_t rounded_floats(const cpu::PackedWeights& weights, std::size_t rows) {
  const cpu::RoundedInputs layout = rounded_inputs(weights, rows, nullptr);
  return rows * (layout.stride / sizeof(float) + layout.scale_stride);
}

}  // namespace

Matrix CpuBackend::matrix(const QuantisedMatrix& weights) {
  cpu::PackedWeights layout = cpu::packed_layout(weights);
  std::uint8_t* const codes = weight_memory_.take(cpu::packed_code_bytes(layout));
  std::uint8_t* const groups = weight_memory_.take(cpu::packed_group_bytes(layout));
  split(layout.tiles, 1, cpu::kPackedRows * layout.depth,
        [&](unsigned, std::size_t begin, std::size_t end) {
          cpu::pack_tiles(weights, layout, begin, end, codes, groups);
        });
  layout.codes = codes;
  layout.groups = groups;
  if (!weights.order.empty()) layout.order = orders_.emplace_back(weights.order).data();
  return {&packed_weights_.emplace_back(layout), DType::kF32, weights.rows, weights.columns, true};
}

void CpuBackend::multiply_packed(Rows x, const cpu::PackedWeights& weights, const float* bias,
                                 Rows y) {
  const std::size_t floats = rounded_floats(weights, x.count);
  if (rounded_ == nullptr || rounded_->floats() < floats) {
    rounded_ = std::make_unique<CpuMemory>(floats);
  }
  const cpu::RoundedInputs rounded = rounded_inputs(weights, x.count, rounded_->data());
  over_rows(x, 4, [&](std::size_t first, std::size_t rows) {
    kernels_.round_inputs(x.data, rows, weights, first, rounded);
  });
  split(weights.tiles, 1, x.count * weights.depth * cpu::kPackedRows / kToOneOf16Bits,
        [&](unsigned, std::size_t begin, std::size_t end) {
          kernels_.multiply_packed(rounded, x.count, weights, bias, begin, end, y.data);
        });
}

}  // namespace vernier::engine
