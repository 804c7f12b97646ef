// What tells one checkpoint from another in signatures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "judges/engine/container/tensor_store.h"

namespace vernier::engine {

/// A folder's last part for people: printable, blanks and '|' as '_', at most 80 bytes.
std::string folder_name(const std::string& folder);

/// A digest of all that is stored: names, types, shapes and values. Throws Error(kResource) for the
/// first value that is NaN or infinite. The same for any number of threads.
std::uint64_t fingerprint(const TensorStore& store, unsigned threads);

/// The type of most of the bytes, as headers spell it; "none" without tensors.
std::string_view main_dtype(const TensorStore& store);

}  // namespace vernier::engine
