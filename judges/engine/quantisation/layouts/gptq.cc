#include "judges/engine/quantisation/layouts/gptq.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

#include "judges/engine/quantisation/layouts/packing/numbers.h"
#include "judges/engine/quantisation/layouts/packing/words.h"

namespace vernier::engine::gptq {
namespace {

constexpr std::array<DType, 1> kWords{DType::kI32};
constexpr std::array<DType, 3> kScales{DType::kF16, DType::kBf16, DType::kF32};

/// What is added to a stored zero point.
std::uint8_t shift_of(QuantisationLayout version) {
  return version == QuantisationLayout::kGptq ? 1 : 0;
}

void add_around(std::span<std::uint8_t> zeros, unsigned shift, unsigned bits) {
  const unsigned mask = (1U << bits) - 1;
  for (std::uint8_t& zero : zeros) zero = static_cast<std::uint8_t>((zero + shift) & mask);
}

/// Each column's group, checked: every group has as many columns.
std::vector<std::size_t> groups_of(const StoredPart& part, const QuantisedMatrix& weights) {
  std::vector<std::size_t> groups(weights.columns), members(weights.groups());
  for (std::size_t k = 0; k < groups.size(); ++k) {
    std::int32_t group = 0;
    std::memcpy(&group, part.view.bytes.data() + k * sizeof group, sizeof group);
    if (group < 0 || static_cast<std::size_t>(group) >= members.size()) {
      refuse(part, fmt::format("puts column {} into group {}, expected 0 to {}", k, group,
                               members.size() - 1));
    }
    groups[k] = static_cast<std::size_t>(group);
    ++members[groups[k]];
  }
  for (std::size_t g = 0; g < members.size(); ++g) {
    if (members[g] != weights.group) {
      refuse(part, fmt::format("puts {} columns into group {}, expected group_size {}", members[g],
                               g, weights.group));
    }
  }
  return groups;
}

/// The columns with those of a group side by side.
std::vector<std::uint32_t> order_of(const std::vector<std::size_t>& groups) {
  std::vector<std::uint32_t> order(groups.size());
  std::iota(order.begin(), order.end(), 0U);
  if (std::ranges::is_sorted(groups)) return {};
  std::ranges::stable_sort(order, {}, [&](std::uint32_t column) { return groups[column]; });
  return order;
}

/// Column k of `out` is column from[k] of `in`, or (`back`) the other way round.
void permute(const QuantisedMatrix& weights, bool back, std::span<std::uint8_t> out) {
  for (std::size_t n = 0; n < weights.rows; ++n) {
    const std::uint8_t* const in = weights.codes.data() + n * weights.columns;
    std::uint8_t* const to = out.data() + n * weights.columns;
    for (std::size_t k = 0; k < weights.columns; ++k) {
      const std::size_t other = weights.order[k];
      if (back) {
        to[other] = in[k];
      } else {
        to[k] = in[other];
      }
    }
  }
}

PackedTensor packed_groups(const QuantisedMatrix& weights) {
  std::vector<std::int32_t> groups(weights.columns);
  for (std::size_t k = 0; k < groups.size(); ++k) {
    const std::size_t column = weights.order.empty() ? k : weights.order[k];
    groups[column] = static_cast<std::int32_t>(k / weights.group);
  }
  PackedTensor out{"g_idx", DType::kI32, {weights.columns}, {}};
  out.bytes.resize(groups.size() * sizeof groups[0]);
  std::memcpy(out.bytes.data(), groups.data(), out.bytes.size());
  return out;
}

}  // namespace

std::optional<std::string> misfit(const QuantisationFormat& format, std::size_t rows) {
  if (format.bits != 4 && format.bits != 8) return "GPTQ is read with 4 or 8 bits";
  const std::size_t each = 32 / format.bits;
  if (rows % each != 0) {
    return fmt::format("GPTQ's layout of {} bits holds multiples of {} rows", format.bits, each);
  }
  return std::nullopt;
}

std::vector<LayerPart> layer_parts(const QuantisationFormat& format, std::size_t rows,
                                   std::size_t columns) {
  const std::size_t each = 32 / format.bits, groups = columns / format.group_of(columns);
  return {{"qweight", kWords, {columns / each, rows}},
          {"qzeros", kWords, {groups, rows / each}},
          {"scales", kScales, {groups, rows}},
          {"g_idx", kWords, {columns}, format.act_order}};
}

void unpack(QuantisationLayout version, std::span<const StoredPart> parts,
            QuantisedMatrix& weights) {
  const std::size_t rows = weights.rows, groups = weights.groups();
  const unsigned bits = weights.bits;
  unpack_columns(part_of(parts, "qweight").view.bytes, rows, weights.columns, bits, weights.codes);
  std::vector<std::uint8_t> zeros(rows * groups);
  unpack_rows(part_of(parts, "qzeros").view.bytes, rows, groups, bits, plain_order(bits), zeros);
  add_around(zeros, shift_of(version), bits);
  weights.scales = scales_by_row(part_of(parts, "scales"), rows, groups);
  weights.offsets = offsets_of(weights.scales, zeros);
  const StoredPart* const index = find_part(parts, "g_idx");
  if (index != nullptr) weights.order = order_of(groups_of(*index, weights));
  if (weights.order.empty()) return;
  std::vector<std::uint8_t> codes(weights.codes.size());
  permute(weights, false, codes);
  weights.codes = std::move(codes);
}

std::vector<PackedTensor> pack(QuantisationLayout version, const QuantisedMatrix& weights) {
  const std::size_t rows = weights.rows, columns = weights.columns, groups = weights.groups();
  const unsigned bits = weights.bits, each = 32 / bits;
  std::vector<std::uint8_t> codes;
  if (!weights.order.empty()) {
    codes.resize(weights.codes.size());
    permute(weights, true, codes);
  }
  std::vector<std::uint8_t> zeros = zero_points(weights);
  add_around(zeros, (1U << bits) - shift_of(version), bits);
  return {{"qweight",
           DType::kI32,
           {columns / each, rows},
           pack_columns(codes.empty() ? weights.codes : codes, rows, columns, bits)},
          {"qzeros",
           DType::kI32,
           {groups, rows / each},
           pack_rows(zeros, rows, groups, bits, plain_order(bits))},
          packed_halves("scales", weights.scales, rows, groups),
          packed_groups(weights)};
}

}  // namespace vernier::engine::gptq
