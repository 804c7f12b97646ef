// GPTQ's layout: qweight I32 [columns * bits / 32, rows], a word of consecutive columns; qzeros I32
// [groups, rows * bits / 32]; scales [groups, rows]; g_idx I32 [columns], each column's group.
// w = (code - zero point) * scale. The first version stores zero points less 1, around the end.
#pragma once

#include "judges/engine/quantisation/layouts/layout.h"

namespace vernier::engine::gptq {

/// As misfit(), layer_parts(), unpack() and pack() of layout.h.
std::optional<std::string> misfit(const QuantisationFormat& format, std::size_t rows);
std::vector<LayerPart> layer_parts(const QuantisationFormat& format, std::size_t rows,
                                   std::size_t columns);
void unpack(QuantisationLayout version, std::span<const StoredPart> parts,
            QuantisedMatrix& weights);
std::vector<PackedTensor> pack(QuantisationLayout version, const QuantisedMatrix& weights);

}  // namespace vernier::engine::gptq
