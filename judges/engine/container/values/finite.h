// NaN and infinities among stored weights.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "judges/engine/container/tensor_view.h"

namespace vernier::engine {

/// Where the first value lies that is NaN or infinite, counted in elements; nothing where all are
/// finite, and for types that cannot hold such (integers, booleans). Reads all of the tensor.
std::optional<std::uint64_t> find_not_finite(const TensorView& tensor);

/// Throws Error(kResource) with the file, the name and the index of a value that is not finite.
void check_finite(const std::string& file, std::string_view name, const TensorView& tensor);

}  // namespace vernier::engine
