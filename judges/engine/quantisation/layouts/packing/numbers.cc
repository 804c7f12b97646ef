#include "judges/engine/quantisation/layouts/packing/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/printable.h"
#include "judges/engine/container/values/convert.h"

namespace vernier::engine {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw Error(ExitCode::kInternal, fmt::format("packing weights in few bits: {}", what));
}

}  // namespace

void refuse(const StoredPart& part, const std::string& what) {
  throw Error(ExitCode::kResource,
              fmt::format("{}: tensor {} {}", part.file, printable(part.tensor), what));
}

const StoredPart* find_part(std::span<const StoredPart> parts, std::string_view name) {
  const auto place = std::ranges::find(parts, name, &StoredPart::part);
  return place == parts.end() ? nullptr : &*place;
}

const StoredPart& part_of(std::span<const StoredPart> parts, std::string_view name) {
  const StoredPart* const part = find_part(parts, name);
  if (part == nullptr) {
    throw Error(ExitCode::kInternal, fmt::format("unpacking weights: no part {}", name));
  }
  return *part;
}

std::vector<float> numbers_by_row(const StoredPart& part, std::size_t rows, std::size_t groups) {
  std::vector<float> stored(rows * groups), out(rows * groups);
  to_float(part.view.dtype, part.view.bytes.first(stored.size() * size_of(part.view.dtype)),
           stored);
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t n = 0; n < rows; ++n) {
      const float number = stored[g * rows + n];
      if (!std::isfinite(number)) {
        refuse(part, fmt::format("holds {} for row {}, group {}, expected finite numbers; the "
                                 "checkpoint is damaged",
                                 number, n, g));
      }
      out[n * groups + g] = number;
    }
  }
  return out;
}

std::vector<float> scales_by_row(const StoredPart& part, std::size_t rows, std::size_t groups) {
  std::vector<float> scales = numbers_by_row(part, rows, groups);
  const auto below = std::ranges::find_if(scales, [](float scale) { return scale < 0; });
  if (below != scales.end()) {
    const auto at = static_cast<std::size_t>(below - scales.begin());
    refuse(part, fmt::format("holds {} for row {}, group {}, expected scales of 0 or more", *below,
                             at / groups, at % groups));
  }
  return scales;
}

PackedTensor packed_halves(std::string part, std::span<const float> numbers, std::size_t rows,
                           std::size_t lines) {
  const std::size_t groups = numbers.size() / rows;
  std::vector<float> turned(rows * lines);
  for (std::size_t n = 0; n < rows; ++n) {
    for (std::size_t g = 0; g < groups; ++g) {
      const float number = numbers[n * groups + g];
      if (float_of_half(half_of(number)) != number) {
        fail(fmt::format("{} {} of row {} is no number of 16 bits", part, number, n));
      }
      turned[g * rows + n] = number;
    }
  }
  PackedTensor out{std::move(part), DType::kF16, {lines, rows}, {}};
  out.bytes.resize(turned.size() * size_of(out.dtype));
  from_float(turned, out.dtype, out.bytes);
  return out;
}

std::vector<float> offsets_of(std::span<const float> scales, std::span<const std::uint8_t> zeros) {
  std::vector<float> offsets(scales.size());
  for (std::size_t n = 0; n < offsets.size(); ++n) {
    offsets[n] = 0.0F - scales[n] * static_cast<float>(zeros[n]);
  }
  return offsets;
}

std::vector<std::uint8_t> zero_points(const QuantisedMatrix& weights) {
  std::vector<std::uint8_t> zeros(weights.offsets.size());
  const float top = static_cast<float>((1U << weights.bits) - 1);
  for (std::size_t n = 0; n < zeros.size(); ++n) {
    const float scale = weights.scales[n], offset = weights.offsets[n];
    const float zero = scale == 0 ? 0 : std::nearbyint(-offset / scale);
    if (!(zero >= 0 && zero <= top) || scale * zero != -offset) {
      fail(fmt::format("offset {} is no zero point of scale {}", offset, scale));
    }
    zeros[n] = static_cast<std::uint8_t>(zero);
  }
  return zeros;
}

}  // namespace vernier::engine
