#include "judges/engine/cuda/attention/attend16.h"
#include "judges/engine/cuda/attention/tile.cuh"
#include "judges/engine/cuda/attention/with_head_size.h"

namespace vernier::engine::cuda {
namespace {

/// A block: `warps` tiles of queries that share keys.
template <unsigned pieces, unsigned warps>
struct Shape : Tile<pieces> {
  static constexpr unsigned kThreads = 32 * warps, kAll = 16 * warps;
  static constexpr unsigned kBytes =
      kAll * Tile<pieces>::kPitch + 4 * Tile<pieces>::kPage;  // of two pages, keys and values
};

/// The queries of a block: of rows of one stretch, all heads of a group side by side.
struct Queries {
  DeviceStretch stretch;
  unsigned first, count;  ///< of this block's, among the stretch's rows * group
  unsigned head;          ///< of keys

  __device__ unsigned row(unsigned i, unsigned group) const { return (first + i) / group; }
  __device__ std::size_t place(unsigned i, const Look& look) const {
    const unsigned n = first + i;
    const std::size_t row_at = stretch.first_row + n / look.group;
    return (row_at * look.heads + head * look.group + n % look.group) * look.part.size;
  }
  /// The last token that a query sees.
  __device__ unsigned last_key(unsigned i, const Look& look) const {
    if (!look.causal) return stretch.rows - 1;
    return stretch.position + row(i < count ? i : count - 1, look.group);
  }
};

template <typename T, typename S>
__device__ void read_queries(const Look& look, const Queries& queries, unsigned char* to) {
  for (unsigned i = threadIdx.x; i < S::kAll * S::kWidth; i += S::kThreads) {
    const unsigned q = i / S::kWidth, d = i % S::kWidth;
    const bool there = q < queries.count && d < look.part.size;
    T* const row = reinterpret_cast<T*>(to + q * S::kPitch);
    row[d] = rounded<T>(there ? look.q[queries.place(q, look) + d] : 0.0F);
  }
}

template <typename T, typename S>
__global__ void __launch_bounds__(S::kThreads)
    attend16_kernel(Look look, T* copy, unsigned copy_stride) {
  unsigned char* const query_room = shared_memory();
  unsigned char* const page_room = query_room + S::kAll * S::kPitch;
  Queries queries;
  queries.stretch = look.places.stretches[blockIdx.z];
  queries.head = blockIdx.y;
  queries.first = blockIdx.x * S::kAll;
  const unsigned all = queries.stretch.rows * look.group;
  if (queries.first >= all) return;
  queries.count = all - queries.first < S::kAll ? all - queries.first : S::kAll;
  const unsigned keys = queries.last_key(queries.count - 1, look) + 1;
  const unsigned pages = (keys + kTokens - 1) / kTokens;

  const auto fetch = [&](unsigned page) {
    fetch_page<T, S>(look.part, look.places.pages[queries.stretch.first_page + page], queries.head,
                     keys - page * kTokens, threadIdx.x, S::kThreads,
                     page_room + page % 2 * 2 * S::kPage);
  };
  fetch(0);
  commit_copies();
  read_queries<T, S>(look, queries, query_room);
  __syncthreads();
  const unsigned lane = threadIdx.x % 32, first = threadIdx.x / 32 * 16;
  std::uint32_t q[S::kPieces][4];
  load_queries<S>(query_room + first * S::kPitch, q);
  const unsigned mine[2] = {first + lane / 4, first + lane / 4 + 8};
  const unsigned last[2] = {queries.last_key(mine[0], look), queries.last_key(mine[1], look)};
  const float scale = scale_of(look.part.size);
  Seen<S::kPieces> seen, unit;
  for (unsigned page = 0; page < pages; ++page) {
    if (page + 1 < pages) fetch(page + 1);
    commit_copies();
    wait_for_copies<1>();
    __syncthreads();
    const unsigned char* const at = page_room + page % 2 * 2 * S::kPage;
    float scores[4][4] = {};
    scores_of<T, S>(q, at, scores);
    take_in<T, S>(unit, scores, scale, last, page * kTokens, at + S::kPage);
    if (page % kUnitPages + 1 == kUnitPages || page + 1 == pages) {
      complete(unit);
      fold(seen, unit);
      unit = {};
    }
    __syncthreads();  // the room may be filled again
  }
#pragma unroll
  for (unsigned half = 0; half < 2; ++half) {
    if (mine[half] >= queries.count) continue;
    const std::size_t at = queries.place(mine[half], look);
    const std::size_t width = std::size_t{look.heads} * look.part.size;
    const std::size_t copy_row = at / width * copy_stride, column = at % width;
#pragma unroll
    for (unsigned n = 0; n < 4 * S::kPieces; ++n) {
      const unsigned d = n / 2 * 8 + lane % 4 * 2 + n % 2;
      if (d >= look.part.size) continue;
      const float value = seen.values[n / 2][half * 2 + n % 2] / seen.sum[half];
      look.out[at + d] = value;
      if (copy != nullptr) copy[copy_row + column + d] = rounded<T>(value);
    }
    const bool last_head = column + look.part.size == width;
    if (copy == nullptr || !last_head) continue;
    for (std::size_t i = width + lane % 4; i < copy_stride; i += 4) {
      copy[copy_row + i] = rounded<T>(0);
    }
  }
}

template <typename T, typename S>
void run(cudaStream_t stream, const Look& look, Copy16 copy) {
  allow_shared_bytes<attend16_kernel<T, S>>("attend16", S::kBytes);
  const unsigned most = look.places.most_rows * look.group;
  const dim3 grid((most + S::kAll - 1) / S::kAll, look.part.heads, look.places.stretch_count);
  launch(stream, "attend16", attend16_kernel<T, S>, grid, S::kThreads, S::kBytes, look,
         static_cast<T*>(copy.data), static_cast<unsigned>(copy.stride));
}

template <typename T, unsigned pieces>
void run_for(cudaStream_t stream, const Look& look, Copy16 copy) {
  if (look.places.most_rows * look.group <= 16) return run<T, Shape<pieces, 1>>(stream, look, copy);
  run<T, Shape<pieces, 4>>(stream, look, copy);
}

}  // namespace

void attend16(cudaStream_t stream, const Look& look, Copy16 copy) {
  with_head_size(look.part, [&](auto number, auto pieces) {
    using T = decltype(number);
    run_for<T, pieces()>(stream, look, copy);
  });
}

}  // namespace vernier::engine::cuda
