#include "judges/engine/quantisation/layouts/llm_awq.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstring>

#include "judges/engine/quantisation/layouts/packing/numbers.h"

namespace vernier::engine::llm_awq {
namespace {

constexpr std::array<DType, 1> kNumbers{DType::kI16};
constexpr std::array<DType, 3> kScales{DType::kF16, DType::kBf16, DType::kF32};
constexpr std::size_t kRows = 4, kBlock = 64;  // that lie together
constexpr std::size_t kEach = 4;               // codes of a number

/// Lines that scales take: as many bytes as whole words of zero points would.
std::size_t padded(std::size_t groups, std::size_t group) {
  const std::size_t multiple = group >= 128 ? 8 : 1024 / group;
  return (groups + multiple - 1) / multiple * multiple;
}

/// The column, of a block of 64, whose code lies at place p.
std::size_t column_at(std::size_t p) {
  const std::size_t j = p / 8 % 4, e = p / 4 % 2, i = p % 4;
  return p / 32 * 32 + 8 * i + 2 * j + e;
}

/// Calls visit(number of the qweight, shift, index of the code) for all codes.
template <class Visit>
void for_each_code(std::size_t rows, std::size_t columns, Visit visit) {
  std::array<std::size_t, kBlock> column{};
  for (std::size_t p = 0; p < kBlock; ++p) column[p] = column_at(p);
  for (std::size_t n = 0; n < rows; ++n) {
    for (std::size_t k = 0; k < columns; k += kBlock) {
      const std::size_t number = n / kRows * columns + k + n % kRows * (kBlock / kEach);
      const std::size_t code = n * columns + k;
      for (std::size_t p = 0; p < kBlock; ++p) {
        visit(number + p / kEach, p % kEach * 4, code + column[p]);
      }
    }
  }
}

/// A file of another layout, or one that is damaged, has offsets that are no zero points.
void check_zeros(const StoredPart& part, const QuantisedMatrix& weights) {
  // Products are stored in 16 bits: off by up to 2^-9 of themselves, or by half of the least half.
  constexpr float kRelative = 0x1p-8F, kAbsolute = 0x1p-24F;
  for (std::size_t n = 0; n < weights.offsets.size(); ++n) {
    const float most = 15 * weights.scales[n] * (1 + kRelative) + kAbsolute;
    if (weights.offsets[n] <= kAbsolute && weights.offsets[n] >= -most) continue;
    refuse(part, fmt::format("holds {} for row {}, group {}, expected -scale * zero point, a zero "
                             "point from 0 to 15 and scale {}",
                             weights.offsets[n], n / weights.groups(), n % weights.groups(),
                             weights.scales[n]));
  }
}

}  // namespace

std::optional<std::string> misfit(const QuantisationFormat& format, std::size_t rows,
                                  std::size_t columns) {
  if (format.bits != 4) return "llm-awq's layout holds 4 bits only";
  const std::size_t group = format.group_of(columns);
  if (group < 128 && group != 32 && group != 64) {
    return "llm-awq's layout holds groups of 32, 64, 128 and more columns";
  }
  if (rows % 8 != 0 || columns % kBlock != 0) {
    return "llm-awq's layout holds multiples of 8 rows and of 64 columns";
  }
  return std::nullopt;
}

std::vector<LayerPart> layer_parts(const QuantisationFormat& format, std::size_t rows,
                                   std::size_t columns) {
  const std::size_t group = format.group_of(columns), lines = padded(columns / group, group);
  return {{"qweight", kNumbers, {rows / kRows, columns}},
          {"scales", kScales, {lines, rows}},
          {"scaled_zeros", kScales, {lines, rows}}};
}

void unpack(std::span<const StoredPart> parts, QuantisedMatrix& weights) {
  const std::size_t rows = weights.rows, groups = weights.groups();
  const std::byte* const numbers = part_of(parts, "qweight").view.bytes.data();
  for_each_code(rows, weights.columns, [&](std::size_t at, std::size_t shift, std::size_t code) {
    std::uint16_t number = 0;
    std::memcpy(&number, numbers + at * sizeof number, sizeof number);
    weights.codes[code] = static_cast<std::uint8_t>(number >> shift & 15U);
  });
  weights.scales = scales_by_row(part_of(parts, "scales"), rows, groups);
  const StoredPart& zeros = part_of(parts, "scaled_zeros");
  weights.offsets = numbers_by_row(zeros, rows, groups);
  check_zeros(zeros, weights);
}

std::vector<PackedTensor> pack(const QuantisedMatrix& weights) {
  const std::size_t rows = weights.rows, lines = padded(weights.groups(), weights.group);
  std::vector<std::uint16_t> numbers(rows / kRows * weights.columns);
  for_each_code(rows, weights.columns, [&](std::size_t at, std::size_t shift, std::size_t code) {
    numbers[at] = static_cast<std::uint16_t>(numbers[at] | weights.codes[code] << shift);
  });
  PackedTensor codes{"qweight", DType::kI16, {rows / kRows, weights.columns}, {}};
  codes.bytes.resize(numbers.size() * sizeof numbers[0]);
  std::memcpy(codes.bytes.data(), numbers.data(), codes.bytes.size());
  return {std::move(codes), packed_halves("scales", weights.scales, rows, lines),
          packed_halves("scaled_zeros", weights.offsets, rows, lines)};
}

}  // namespace vernier::engine::llm_awq
