#include "judges/engine/quantisation/layouts/awq_gemm.h"

#include <array>

#include "judges/engine/quantisation/layouts/packing/numbers.h"
#include "judges/engine/quantisation/layouts/packing/words.h"

namespace vernier::engine::awq_gemm {
namespace {

constexpr std::array<DType, 1> kWords{DType::kI32};
constexpr std::array<DType, 3> kScales{DType::kF16, DType::kBf16, DType::kF32};
constexpr std::array<std::uint8_t, 8> kOrder{0, 2, 4, 6, 1, 3, 5, 7};
constexpr std::size_t kEach = kOrder.size();

PackedTensor packed(std::string part, std::span<const std::uint8_t> codes, std::size_t rows,
                    std::size_t columns) {
  return {std::move(part),
          DType::kI32,
          {columns, rows / kEach},
          pack_rows(codes, rows, columns, 4, kOrder)};
}

}  // namespace

std::optional<std::string> misfit(const QuantisationFormat& format, std::size_t rows) {
  if (format.bits != 4) return "AWQ's layout holds 4 bits only";
  if (rows % kEach != 0) return "AWQ's layout holds multiples of 8 rows";
  return std::nullopt;
}

std::vector<LayerPart> layer_parts(const QuantisationFormat& format, std::size_t rows,
                                   std::size_t columns) {
  const std::size_t groups = columns / format.group_of(columns);
  return {{"qweight", kWords, {columns, rows / kEach}},
          {"qzeros", kWords, {groups, rows / kEach}},
          {"scales", kScales, {groups, rows}}};
}

void unpack(std::span<const StoredPart> parts, QuantisedMatrix& weights) {
  const std::size_t rows = weights.rows, groups = weights.groups();
  unpack_rows(part_of(parts, "qweight").view.bytes, rows, weights.columns, 4, kOrder,
              weights.codes);
  std::vector<std::uint8_t> zeros(rows * groups);
  unpack_rows(part_of(parts, "qzeros").view.bytes, rows, groups, 4, kOrder, zeros);
  weights.scales = scales_by_row(part_of(parts, "scales"), rows, groups);
  weights.offsets = offsets_of(weights.scales, zeros);
}

std::vector<PackedTensor> pack(const QuantisedMatrix& weights) {
  const std::size_t rows = weights.rows, groups = weights.groups();
  return {packed("qweight", weights.codes, rows, weights.columns),
          packed("qzeros", zero_points(weights), rows, groups),
          packed_halves("scales", weights.scales, rows, groups)};
}

}  // namespace vernier::engine::awq_gemm
