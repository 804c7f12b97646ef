// Element types of stored tensors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vernier::engine {

/// The types of the safetensors format that have whole bytes.
enum class DType : std::uint8_t {
  kF64,
  kF32,
  kF16,
  kBf16,
  kI64,
  kI32,
  kI16,
  kI8,
  kU64,
  kU32,
  kU16,
  kU8,
  kBool,
  kF8E4m3,
  kF8E5m2,
};

/// Bytes an element.
std::size_t size_of(DType type);

/// As safetensors headers spell it, e.g. "BF16".
std::string_view name_of(DType type);

/// Nothing for a name that safetensors headers do not have.
std::optional<DType> dtype_named(std::string_view name);

/// All names, for messages: "F64, F32, ...".
std::string all_dtype_names();

/// Types that weights are computed from: F64, F32, F16, BF16.
bool is_float(DType type);

}  // namespace vernier::engine
