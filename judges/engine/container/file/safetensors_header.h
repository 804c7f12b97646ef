// The header of a safetensors file (github.com/huggingface/safetensors, format of version 0.3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "judges/engine/container/tensor_view.h"

namespace vernier::engine {

/// Longer headers are refused, as by the format's own library.
constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;

/// More dimensions than any weight has.
constexpr std::size_t kMaxDimensions = 16;

struct SafetensorsHeader {
  struct Entry {
    std::string name;
    TensorView tensor;  ///< its bytes lie in the parsed file
  };
  std::vector<Entry> entries;                                 ///< by name
  std::vector<std::pair<std::string, std::string>> metadata;  ///< `__metadata__`, by key
};

/// Reads the header of a file that lies in memory; only the header's bytes are touched. `file`
/// names it in messages.
///
/// Throws Error(kResource) naming file, tensor, what was found and what was expected, for:
/// a header longer than 100 MB or than the file; text that is not a JSON object of such entries, or
/// nested deeper than that; an unknown dtype; more than 16 dimensions; a size that overflows 64
/// bits or differs from the data's; tensors that overlap, leave gaps or lie outside the file;
/// duplicate names. Nothing is allocated by a number in the file: memory is in proportion to the
/// header's bytes.
SafetensorsHeader parse_safetensors(std::span<const std::byte> bytes, const std::string& file);

}  // namespace vernier::engine
