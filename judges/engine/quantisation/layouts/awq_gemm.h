// AutoAWQ's layout "gemm": qweight I32 [columns, rows / 8], qzeros I32 [groups, rows / 8], scales
// [groups, rows]; a word holds 8 rows in the order 0, 2, 4, 6, 1, 3, 5, 7.
// w = (code - zero point) * scale.
#pragma once

#include "judges/engine/quantisation/layouts/layout.h"

namespace vernier::engine::awq_gemm {

/// As misfit(), layer_parts(), unpack() and pack() of layout.h.
std::optional<std::string> misfit(const QuantisationFormat& format, std::size_t rows);
std::vector<LayerPart> layer_parts(const QuantisationFormat& format, std::size_t rows,
                                   std::size_t columns);
void unpack(std::span<const StoredPart> parts, QuantisedMatrix& weights);
std::vector<PackedTensor> pack(const QuantisedMatrix& weights);

}  // namespace vernier::engine::awq_gemm
