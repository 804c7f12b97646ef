// Writes safetensors files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/io/byte_sink.h"
#include "judges/engine/container/tensor_view.h"

namespace vernier::engine {

/// Writes one tensor after the other, so that a model larger than memory can be made. The file
/// appears under its name with commit() only. Its layout is that of the format's own library, byte
/// for byte: the widest element types first, then by name; the data begins at a multiple of 8
/// bytes.
///
/// Throws Error(kOutput) where the file cannot be written and Error(kInternal) for calls that do
/// not fit together.
class SafetensorsWriter {
 public:
  struct Plan {
    std::string name;
    DType dtype;
    Shape shape;
  };

  /// Names must differ, and from "__metadata__".
  SafetensorsWriter(const std::string& path, std::vector<Plan> tensors,
                    std::vector<std::pair<std::string, std::string>> metadata);

  /// The order in which write() expects them.
  const std::vector<Plan>& order() const { return tensors_; }

  /// The bytes of the next tensor of order(), whose name must be `name`.
  void write(std::string_view name, std::span<const std::byte> bytes);

  /// After the last tensor.
  void commit();

 private:
  ByteSink sink_;
  std::vector<Plan> tensors_;
  std::size_t next_ = 0;
};

}  // namespace vernier::engine
