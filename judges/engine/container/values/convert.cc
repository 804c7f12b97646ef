#include "judges/engine/container/values/convert.h"

#include <fmt/format.h>

#include <cstring>

#include "base/error.h"
#include "judges/engine/container/values/half_range.h"

namespace vernier::engine {
namespace {

constexpr std::uint32_t kInfinity = 0x7F800000u;

void check(DType type, std::size_t elements, std::size_t bytes) {
  if (bytes / size_of(type) == elements && bytes % size_of(type) == 0) return;
  throw Error(ExitCode::kInternal, fmt::format("conversion of {} elements of {} in {} bytes",
                                               elements, name_of(type), bytes));
}

[[noreturn]] void refuse(DType type) {
  throw Error(ExitCode::kInternal, fmt::format("no conversion for {}", name_of(type)));
}

template <class Stored, class Convert>
void read(std::span<const std::byte> in, std::span<float> out, Convert convert) {
  const std::byte* from = in.data();
  float* to = out.data();
  for (std::size_t n = 0; n < out.size(); ++n) {
    Stored value;
    std::memcpy(&value, from + n * sizeof value, sizeof value);
    to[n] = convert(value);
  }
}

template <class Stored, class Convert>
void write(std::span<const float> in, std::span<std::byte> out, Convert convert) {
  std::byte* to = out.data();
  for (std::size_t n = 0; n < in.size(); ++n) {
    const Stored value = convert(in[n]);
    std::memcpy(to + n * sizeof value, &value, sizeof value);
  }
}

}  // namespace

std::uint16_t half_of(float value) {
  constexpr std::uint32_t kTooLarge = (127u + 16u) << 23;  // 65,536
  constexpr std::uint32_t kSmallestNormal = (127u - 14u) << 23;
  // Adding 0.5 leaves a denormal half in the last ten bits of the sum, rounded by the processor.
  constexpr std::uint32_t kMagic = (127u - 1u) << 23;
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = bits >> 16 & 0x8000u, magnitude = bits & 0x7FFFFFFFu;
  const auto mask = [](bool set) { return 0u - std::uint32_t{set}; };
  const auto choose = [](std::uint32_t is, std::uint32_t yes, std::uint32_t no) {
    return (yes & is) | (no & ~is);
  };
  const float sum = std::bit_cast<float>(magnitude & mask(magnitude < kSmallestNormal)) +
                    std::bit_cast<float>(kMagic);
  const std::uint32_t denormal = std::bit_cast<std::uint32_t>(sum) - kMagic;
  const std::uint32_t odd = magnitude >> 13 & 1u;
  const std::uint32_t normal = (magnitude - ((127u - 15u) << 23) + 0xFFFu + odd) >> 13;
  const std::uint32_t nan = 0x7E00u | (magnitude >> 13 & 0x3FFu);
  std::uint32_t half = choose(mask(magnitude < kSmallestNormal), denormal, normal);
  half = choose(mask(magnitude >= kTooLarge), 0x7C00u, half);
  half = choose(mask(magnitude > kInfinity), nan, half);
  return static_cast<std::uint16_t>(half | sign);
}

std::uint16_t bf16_of(float value) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  if ((bits & 0x7FFFFFFFu) > kInfinity) return static_cast<std::uint16_t>(bits >> 16 | 0x40u);
  return static_cast<std::uint16_t>((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
}

void to_float(DType type, std::span<const std::byte> in, std::span<float> out) {
  check(type, out.size(), in.size());
  switch (type) {
    case DType::kF64:
      return read<double>(in, out, [](double v) { return static_cast<float>(v); });
    case DType::kF32:
      if (!in.empty()) std::memcpy(out.data(), in.data(), in.size());
      return;
    case DType::kF16:
      return read_halves(in, out);
    case DType::kBf16:
      return read<std::uint16_t>(in, out, float_of_bf16);
    default:
      refuse(type);
  }
}

void from_float(std::span<const float> in, DType type, std::span<std::byte> out) {
  check(type, in.size(), out.size());
  switch (type) {
    case DType::kF32:
      if (!in.empty()) std::memcpy(out.data(), in.data(), out.size());
      return;
    case DType::kF16:
      return write_halves(in, out);
    case DType::kBf16:
      return write<std::uint16_t>(in, out, bf16_of);
    default:
      refuse(type);
  }
}

}  // namespace vernier::engine
