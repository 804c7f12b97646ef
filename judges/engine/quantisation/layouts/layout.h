// The tensors that stand for a weight X.weight in few bits: X.qweight and what goes with it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judges/engine/container/tensor_view.h"
#include "judges/engine/quantisation/quantisation_format.h"
#include "judges/engine/quantisation/quantised_matrix.h"

namespace vernier::engine {

struct LayerPart {
  std::string_view name;         ///< "qweight"
  std::span<const DType> types;  ///< that are read; the first is written
  Shape shape;
  bool required = true;
};

/// A part as a checkpoint has it.
struct StoredPart {
  std::string_view part;    ///< "qweight"
  std::string_view file;    ///< for messages, as the next one
  std::string_view tensor;  ///< the checkpoint's name
  TensorView view;          ///< of a type and the shape that layer_parts() says
};

struct PackedTensor {
  std::string name;  ///< "qweight"
  DType dtype = DType::kI32;
  Shape shape;
  std::vector<std::byte> bytes;
};

/// Why the format cannot hold a weight of these extents; nothing where it can.
std::optional<std::string> misfit(const QuantisationFormat& format, std::size_t rows,
                                  std::size_t columns);

/// Of a weight that the format can hold.
std::vector<LayerPart> layer_parts(const QuantisationFormat& format, std::size_t rows,
                                   std::size_t columns);

/// Throws Error(kResource) naming file, tensor and what was expected for scales and offsets that
/// are negative, NaN or infinite, zero points beyond the codes, and groups of unequal size.
QuantisedMatrix unpack(const QuantisationFormat& format, std::size_t rows, std::size_t columns,
                       std::span<const StoredPart> parts);

/// The inverse of unpack(): in the order of layer_parts(), scales as halves. Throws
/// Error(kInternal) for what the format does not hold exactly (QuantisedFolder::put).
std::vector<PackedTensor> pack(const QuantisationFormat& format, const QuantisedMatrix& weights);

}  // namespace vernier::engine
