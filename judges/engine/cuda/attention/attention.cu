#include "judges/engine/cuda/attention/attention.h"

#include "judges/engine/cuda/attention/attend16.h"
#include "judges/engine/cuda/attention/attend32.h"
#include "judges/engine/cuda/device/numbers.cuh"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/with_type.h"

namespace vernier::engine::cuda {
namespace {

constexpr unsigned kThreads = 128;

template <typename T>
__global__ void __launch_bounds__(kThreads)
    store_kernel(DevicePlaces places, PagePart part, const float* k, const float* v) {
  const unsigned row = blockIdx.x, width = part.heads * part.size;
  const DeviceStretch s = places.stretches[places.stretch_of_row[row]];
  const unsigned position = s.position + row - s.first_row;
  T* const page = static_cast<T*>(const_cast<void*>(places.pages[s.first_page + position / kPageTokens]));
  for (unsigned i = threadIdx.x; i < width; i += kThreads) {
    const std::size_t at =
        (std::size_t{i / part.size} * kPageTokens + position % kPageTokens) * part.padded +
        i % part.size;
    page[part.keys + at] = rounded<T>(k[std::size_t{row} * width + i]);
    page[part.values + at] = rounded<T>(v[std::size_t{row} * width + i]);
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

void attend(cudaStream_t stream, const DevicePlaces& places, const PagePart& part, Rows q,
            std::size_t heads, bool causal, Rows out, Copy16 copy) {
  const Look look{places,
                  part,
                  q.data,
                  out.data,
                  static_cast<std::uint32_t>(heads),
                  static_cast<std::uint32_t>(heads / part.heads),
                  causal};
  if (part.type == DType::kF32) {
    attend32(stream, look, copy);
  } else {
    attend16(stream, look, copy);
  }
}

}  // namespace vernier::engine::cuda
