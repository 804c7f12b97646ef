// Which file of a sharded checkpoint holds which tensor.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vernier::engine {

struct ShardIndex {
  struct Entry {
    std::string tensor;
    std::size_t file;  ///< into files
  };
  std::vector<std::string> files;  ///< names without folders, sorted, each once
  std::vector<Entry> entries;      ///< by tensor
};

/// Reads the text of `model.safetensors.index.json` (transformers): an object whose "weight_map"
/// maps tensors to files in the same folder; everything else in it is ignored. `file` names it in
/// messages. Throws Error(kResource) for text that is not that, a tensor that stands twice, and the
/// name of a file that could lie elsewhere (empty, ".", "..", or holding '/', '\' or NUL).
ShardIndex parse_shard_index(std::string_view text, const std::string& file);

}  // namespace vernier::engine
