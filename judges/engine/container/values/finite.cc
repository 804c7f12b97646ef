#include "judges/engine/container/values/finite.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::engine {
namespace {

/// `exponent` has the bits that are all set in NaN and infinities only.
template <class Bits>
std::optional<std::uint64_t> find(std::span<const std::byte> bytes, Bits exponent) {
  const auto at = [&](std::size_t n) {
    Bits bits;
    std::memcpy(&bits, bytes.data() + n * sizeof bits, sizeof bits);
    return (bits & exponent) == exponent;
  };
  const std::size_t elements = bytes.size() / sizeof(Bits);
  // No branch inside a block, so that the compiler uses vectors; blocks end the search early.
  constexpr std::size_t kBlock = 4096;
  for (std::size_t begin = 0; begin < elements; begin += kBlock) {
    const std::size_t end = std::min(elements, begin + kBlock);
    Bits bad = 0;
    for (std::size_t n = begin; n < end; ++n) bad = static_cast<Bits>(bad | (at(n) ? 1 : 0));
    if (bad == 0) continue;
    std::size_t first = begin;
    while (!at(first)) ++first;
    return first;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> find_not_finite(const TensorView& tensor) {
  switch (tensor.dtype) {
    case DType::kF64:
      return find<std::uint64_t>(tensor.bytes, 0x7FF0000000000000u);
    case DType::kF32:
      return find<std::uint32_t>(tensor.bytes, 0x7F800000u);
    case DType::kF16:
      return find<std::uint16_t>(tensor.bytes, 0x7C00u);
    case DType::kBf16:
      return find<std::uint16_t>(tensor.bytes, 0x7F80u);
    case DType::kF8E4m3:
      return find<std::uint8_t>(tensor.bytes, 0x7F);  // no infinities, one NaN of each sign
    case DType::kF8E5m2:
      return find<std::uint8_t>(tensor.bytes, 0x7C);
    default:
      return std::nullopt;
  }
}

void check_finite(const std::string& file, std::string_view name, const TensorView& tensor) {
  const auto where = find_not_finite(tensor);
  if (!where) return;
  throw Error(ExitCode::kResource,
              fmt::format("{}: tensor {} holds NaN or infinity at element {} of {}; the checkpoint "
                          "is damaged or its training diverged",
                          file, printable(name), *where, tensor.elements()));
}

}  // namespace vernier::engine
