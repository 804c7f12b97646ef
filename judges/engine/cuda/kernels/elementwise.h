// Operations on each number by itself, and those that move rows.
#pragma once

#include <cuda_runtime.h>

#include <cstdint>

#include "judges/engine/backend/backend.h"
#include "judges/engine/cuda/kernels/copy16.h"

namespace vernier::engine::cuda {

/// In place.
void activate(cudaStream_t stream, Activation kind, Rows x, Copy16 copy);
/// gate [R, C] = gate * sigmoid(gate) * up.
void gated_silu(cudaStream_t stream, Rows gate, Rows up, Copy16 copy);
/// x += y.
void add(cudaStream_t stream, Rows x, Rows y);
/// The numbers of x in 16 bits.
void copy_to_16(cudaStream_t stream, Rows x, Copy16 copy);
/// out [size]: numbers of 16 bits in 32.
void widen(cudaStream_t stream, const void* numbers, DType type, std::size_t size, float* out);

/// Row i of y [R, C] is row ids[i] of the table [V, C], whose rows lie `stride` numbers apart; ids
/// on the device.
void embed(cudaStream_t stream, const void* table, DType type, std::size_t stride,
           const std::uint32_t* ids, Rows y);
/// Row to[i] of y is row from[i] of x, i < count; both lists on the device.
void scatter(cudaStream_t stream, Rows x, const std::uint32_t* from, const std::uint32_t* to,
             std::size_t count, Rows y);
/// Rotary positions in place: number i of a head turns with i + size / 2; cos, sin [R, size / 2].
void rotate(cudaStream_t stream, Rows x, std::size_t heads, const float* cos, const float* sin);

}  // namespace vernier::engine::cuda
