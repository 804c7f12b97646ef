#include "judges/engine/cuda/attention/attend16.h"
#include "judges/engine/cuda/attention/attend32.h"
#include "judges/engine/cuda/attention/attention.h"
#include "judges/engine/cuda/attention/units/attend_units.h"
#include "judges/engine/cuda/device/numbers.cuh"
#include "judges/engine/cuda/device/rotary.cuh"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/with_type.h"

namespace vernier::engine::cuda {
namespace {

constexpr unsigned kThreads = 128;

/// Where a row's keys and values go.
template <typename T>
struct Slot {
  T* page;
  unsigned token;

  __device__ Slot(const DevicePlaces& places, unsigned row) {
    const DeviceStretch s = places.stretches[places.stretch_of_row[row]];
    const unsigned position = s.position + row - s.first_row;
    token = position % kPageTokens;
    page = static_cast<T*>(const_cast<void*>(places.pages[s.first_page + position / kPageTokens]));
  }
  /// Of number d of a head.
  __device__ std::size_t at(const PagePart& part, unsigned head, unsigned d) const {
    return (std::size_t{head} * kPageTokens + token) * part.padded + d;
  }
};

template <typename T>
__global__ void __launch_bounds__(kThreads)
    store_kernel(DevicePlaces places, PagePart part, const float* k, const float* v) {
  const unsigned row = blockIdx.x, width = part.heads * part.size;
  const Slot<T> slot(places, row);
  for (unsigned i = threadIdx.x; i < width; i += kThreads) {
    const std::size_t at = slot.at(part, i / part.size, i % part.size);
    slot.page[part.keys + at] = rounded<T>(k[std::size_t{row} * width + i]);
    slot.page[part.values + at] = rounded<T>(v[std::size_t{row} * width + i]);
  }
}

/// Pairs of numbers of q, then of k, then of v.
template <typename T>
__global__ void __launch_bounds__(kThreads)
    rotate_and_store_kernel(DevicePlaces places, PagePart part, float* q, unsigned heads,
                            const float* k, const float* v, const float* cos, const float* sin) {
  const unsigned row = blockIdx.x, half = part.size / 2;
  const unsigned queries = heads * half, keys = part.heads * half;
  const Slot<T> slot(places, row);
  const std::size_t angles = std::size_t{row} * half;
  for (unsigned i = threadIdx.x; i < queries + 2 * keys; i += kThreads) {
    const unsigned turn = i % half;
    const float c = cos[angles + turn], s = sin[angles + turn];
    if (i < queries) {
      float* const low = q + (std::size_t{row} * heads + i / half) * part.size + turn;
      const float2 out = turned(low[0], low[half], c, s);
      low[0] = out.x;
      low[half] = out.y;
      continue;
    }
    const bool is_key = i < queries + keys;
    const unsigned head = (i - queries - (is_key ? 0 : keys)) / half;
    const std::size_t from = (std::size_t{row} * part.heads + head) * part.size + turn;
    const std::size_t to = slot.at(part, head, turn);
    if (is_key) {
      const float2 out = turned(k[from], k[from + half], c, s);
      slot.page[part.keys + to] = rounded<T>(out.x);
      slot.page[part.keys + to + half] = rounded<T>(out.y);
    } else {
      slot.page[part.values + to] = rounded<T>(v[from]);
      slot.page[part.values + to + half] = rounded<T>(v[from + half]);
    }
  }
}

}  // namespace

void store(cudaStream_t stream, const DevicePlaces& places, const PagePart& part, Rows k, Rows v) {
  with_type(part.type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "store", store_kernel<T>, dim3(places.rows), kThreads, 0, places, part, k.data,
           v.data);
  });
}

void rotate_and_store(cudaStream_t stream, const DevicePlaces& places, const PagePart& part, Rows q,
                      std::size_t heads, Rows k, Rows v, const float* cos, const float* sin) {
  with_type(part.type, [&](auto number) {
    using T = decltype(number);
    launch(stream, "rotate_and_store", rotate_and_store_kernel<T>, dim3(places.rows), kThreads, 0,
           places, part, q.data, static_cast<unsigned>(heads), k.data, v.data, cos, sin);
  });
}

void attend(cudaStream_t stream, const DevicePlaces& places, const PagePart& part, Rows q,
            std::size_t heads, bool causal, Rows out, Copy16 copy, float* parts) {
  Look look{places,
            part,
            q.data,
            out.data,
            static_cast<std::uint32_t>(heads),
            static_cast<std::uint32_t>(heads / part.heads),
            causal};
  if (part.type == DType::kF32) return attend32(stream, look, copy);
  if (causal && places.units.row_count > 0) {
    attend_units(stream, look, places.units, parts, copy);
    if (places.tall_count == 0) return;
    look.places.stretches = places.tall;
    look.places.stretch_count = places.tall_count;
  }
  attend16(stream, look, copy);
}

}  // namespace vernier::engine::cuda
