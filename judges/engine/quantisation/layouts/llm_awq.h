// llm-awq's second layout (TinyChat): qweight I16 [rows / 4, columns], scales and scaled_zeros
// [groups and padding, rows]. w = code * scale + scaled zero.
//
// Of each 32 columns k = 8i + 2j + e goes to 8j + 4e + i; then 64 of them of 4 rows, one row after
// the other, make 64 numbers of 4 codes.
#pragma once

#include "judges/engine/quantisation/layouts/layout.h"

namespace vernier::engine::llm_awq {

/// As misfit(), layer_parts(), unpack() and pack() of layout.h.
std::optional<std::string> misfit(const QuantisationFormat& format, std::size_t rows,
                                  std::size_t columns);
std::vector<LayerPart> layer_parts(const QuantisationFormat& format, std::size_t rows,
                                   std::size_t columns);
void unpack(std::span<const StoredPart> parts, QuantisedMatrix& weights);
std::vector<PackedTensor> pack(const QuantisedMatrix& weights);

}  // namespace vernier::engine::llm_awq
