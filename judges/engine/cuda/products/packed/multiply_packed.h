// Products with weights of 4 or 8 bits: read once, made into 16 bits in registers (Lin et al. 2023,
// AWQ, section 4; Frantar et al. 2024, Marlin).
#pragma once

#include <cuda_runtime.h>

#include "judges/engine/cuda/kernels/copy16.h"
#include "judges/engine/cuda/products/packed/packed_weights.h"
#include "judges/engine/cuda/products/products.h"

namespace vernier::engine::cuda {

/// Weights alike in type, bits, columns and groups. x in their 16-bit type, in the order of their
/// columns. Sums are taken in the same order for any R.
void multiply_packed(cudaStream_t stream, Copy16 x, std::size_t rows,
                     std::span<const Target<PackedWeights>> targets);

/// The weights themselves in 16 bits: [O, stride] numbers.
void unpack(cudaStream_t stream, const PackedWeights& weights, void* to, std::size_t stride);

/// Columns of x in another order: number k of a row is number order[k].
void reorder(cudaStream_t stream, Copy16 x, std::size_t rows, const std::uint32_t* order,
             std::size_t columns, Copy16 to);

}  // namespace vernier::engine::cuda
