#include "judges/engine/cuda/attention/attend16.h"

#include <cstring>

#include <vernier_instructions.cuh>

#include "judges/engine/cuda/device/numbers.cuh"
#include "judges/engine/cuda/device/reduce.cuh"
#include "judges/engine/cuda/kernels/launch.h"
#include "judges/engine/cuda/kernels/with_type.h"

namespace vernier::engine::cuda {
namespace {

constexpr float kNever = -INFINITY;
constexpr unsigned kTokens = kPageTokens;

/// A block: `warps` times 16 queries that share keys, heads of up to 16 * pieces numbers.
template <unsigned pieces, unsigned warps>
struct Shape {
  static constexpr unsigned kPieces = pieces, kThreads = 32 * warps;
  static constexpr unsigned kQueries = 16 * warps, kWidth = 16 * pieces;
  /// Bytes from row to row: 16 more than a row has, so that eight rows lie in different banks.
  static constexpr unsigned kPitch = kWidth * 2 + 16;
  static constexpr unsigned kPage = kTokens * kPitch;  ///< keys, or values, of a page
  static constexpr unsigned kBytes = kQueries * kPitch + 4 * kPage;
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
  for (unsigned i = threadIdx.x; i < S::kQueries * S::kWidth; i += S::kThreads) {
    const unsigned q = i / S::kWidth, d = i % S::kWidth;
    const bool there = q < queries.count && d < look.part.size;
    T* const row = reinterpret_cast<T*>(to + q * S::kPitch);
    row[d] = rounded<T>(there ? look.q[queries.place(q, look) + d] : 0.0F);
  }
}

/// Asks for keys and values of a page; zeros behind the last token and number.
template <typename T, typename S>
__device__ void fetch_page(const Look& look, const Queries& queries, unsigned page, unsigned keys,
                           unsigned char* to) {
  const std::size_t head = std::size_t{queries.head} * kPageTokens * look.part.padded;
  const T* const from =
      static_cast<const T*>(look.places.pages[queries.stretch.first_page + page]) + head;
  constexpr unsigned kChunks = S::kWidth / 8;
  for (unsigned i = threadIdx.x; i < 2 * kTokens * kChunks; i += S::kThreads) {
    const unsigned token = i / kChunks % kTokens, chunk = i % kChunks;
    const bool values = i >= kTokens * kChunks;
    const bool there = page * kTokens + token < keys && chunk * 8 < look.part.padded;
    const T* const at = from + (values ? look.part.values : look.part.keys) +
                        (there ? std::size_t{token} * look.part.padded + chunk * 8 : 0);
    copy_async(to + (values ? S::kPage : 0) + token * S::kPitch + chunk * 16, at, there);
  }
}

template <typename T>
__device__ __forceinline__ std::uint32_t pair(float low, float high) {
  const T numbers[2] = {rounded<T>(low), rounded<T>(high)};
  std::uint32_t out;
  memcpy(&out, numbers, sizeof out);
  return out;
}

/// What a warp knows of its 16 queries; each lane of two of them, 8 rows apart.
template <unsigned pieces>
struct Seen {
  float most[2] = {kNever, kNever};
  float sum[2] = {};  ///< of this lane's tokens
  float values[2 * pieces][4] = {};
};

/// Scores of 16 queries with a page's 32 keys, as the matrix units leave them.
template <typename T, typename S>
__device__ void scores_of(const std::uint32_t (&q)[S::kPieces][4], const unsigned char* keys,
                          float (&scores)[4][4]) {
  const unsigned lane = threadIdx.x % 32;
#pragma unroll
  for (unsigned p = 0; p < S::kPieces; ++p) {
#pragma unroll
    for (unsigned j = 0; j < 2; ++j) {
      std::uint32_t k[4];
      const unsigned token = j * 16 + lane / 16 * 8 + lane % 8;
      load_matrices(k, keys + token * S::kPitch + (2 * p + lane / 8 % 2) * 16);
      const std::uint32_t low[2] = {k[0], k[1]}, high[2] = {k[2], k[3]};
      multiply<T>(scores[2 * j], q[p], low);
      multiply<T>(scores[2 * j + 1], q[p], high);
    }
  }
}

template <typename T, typename S>
__device__ void take_in(Seen<S::kPieces>& seen, float (&scores)[4][4], float scale,
                        const unsigned (&last)[2], unsigned first_token,
                        const unsigned char* values) {
  const unsigned lane = threadIdx.x % 32;
#pragma unroll
  for (unsigned half = 0; half < 2; ++half) {
    float most = seen.most[half];
#pragma unroll
    for (unsigned j = 0; j < 8; ++j) {
      float& score = scores[j / 2][half * 2 + j % 2];
      const unsigned token = first_token + j / 2 * 8 + lane % 4 * 2 + j % 2;
      score = token <= last[half] ? score * scale : kNever;
      most = score > most ? score : most;
    }
    for (int by = 1; by < 4; by *= 2) {
      const float other = __shfl_xor_sync(kAllLanes, most, by);
      most = other > most ? other : most;
    }
    // The first page holds a token that the query sees: from then on `most` is finite.
    const float keep = exp2f(seen.most[half] - most);
    seen.most[half] = most;
    float sum = 0;
#pragma unroll
    for (unsigned j = 0; j < 8; ++j) {
      float& score = scores[j / 2][half * 2 + j % 2];
      score = exp2f(score - most);
      sum += score;
    }
    seen.sum[half] = seen.sum[half] * keep + sum;
#pragma unroll
    for (unsigned n = 0; n < 2 * S::kPieces; ++n) {
      seen.values[n][half * 2] *= keep;
      seen.values[n][half * 2 + 1] *= keep;
    }
  }
#pragma unroll
  for (unsigned j = 0; j < 2; ++j) {
    const std::uint32_t weights[4] = {pair<T>(scores[2 * j][0], scores[2 * j][1]),
                                      pair<T>(scores[2 * j][2], scores[2 * j][3]),
                                      pair<T>(scores[2 * j + 1][0], scores[2 * j + 1][1]),
                                      pair<T>(scores[2 * j + 1][2], scores[2 * j + 1][3])};
#pragma unroll
    for (unsigned p = 0; p < S::kPieces; ++p) {
      std::uint32_t v[4];
      const unsigned token = j * 16 + lane / 8 % 2 * 8 + lane % 8;
      load_matrices_transposed(v, values + token * S::kPitch + (2 * p + lane / 16) * 16);
      const std::uint32_t low[2] = {v[0], v[1]}, high[2] = {v[2], v[3]};
      multiply<T>(seen.values[2 * p], weights, low);
      multiply<T>(seen.values[2 * p + 1], weights, high);
    }
  }
}

template <typename T, typename S>
__global__ void __launch_bounds__(S::kThreads)
    attend16_kernel(Look look, T* copy, unsigned copy_stride) {
  unsigned char* const query_room = shared_memory();
  unsigned char* const page_room = query_room + S::kQueries * S::kPitch;
  Queries queries;
  queries.stretch = look.places.stretches[blockIdx.z];
  queries.head = blockIdx.y;
  queries.first = blockIdx.x * S::kQueries;
  const unsigned all = queries.stretch.rows * look.group;
  if (queries.first >= all) return;
  queries.count = all - queries.first < S::kQueries ? all - queries.first : S::kQueries;
  const unsigned keys = queries.last_key(queries.count - 1, look) + 1;
  const unsigned pages = (keys + kTokens - 1) / kTokens;

  fetch_page<T, S>(look, queries, 0, keys, page_room);
  commit_copies();
  read_queries<T, S>(look, queries, query_room);
  __syncthreads();
  const unsigned lane = threadIdx.x % 32, first = threadIdx.x / 32 * 16;
  std::uint32_t q[S::kPieces][4];
#pragma unroll
  for (unsigned p = 0; p < S::kPieces; ++p) {
    load_matrices(q[p], query_room + (first + lane % 16) * S::kPitch + (2 * p + lane / 16) * 16);
  }
  const unsigned mine[2] = {first + lane / 4, first + lane / 4 + 8};
  const unsigned last[2] = {queries.last_key(mine[0], look), queries.last_key(mine[1], look)};
  // Of two, in powers of two.
  const float scale = 1.4426950408889634F * rsqrtf(static_cast<float>(look.part.size));
  Seen<S::kPieces> seen;
  for (unsigned page = 0; page < pages; ++page) {
    if (page + 1 < pages) {
      fetch_page<T, S>(look, queries, page + 1, keys, page_room + (page + 1) % 2 * 2 * S::kPage);
    }
    commit_copies();
    wait_for_copies<1>();
    __syncthreads();
    const unsigned char* const at = page_room + page % 2 * 2 * S::kPage;
    float scores[4][4] = {};
    scores_of<T, S>(q, at, scores);
    take_in<T, S>(seen, scores, scale, last, page * kTokens, at + S::kPage);
    __syncthreads();  // the room may be filled again
  }
#pragma unroll
  for (unsigned half = 0; half < 2; ++half) {
    float sum = seen.sum[half];
    for (int by = 1; by < 4; by *= 2) sum += __shfl_xor_sync(kAllLanes, sum, by);
    if (mine[half] >= queries.count) continue;
    const std::size_t at = queries.place(mine[half], look);
    const std::size_t width = std::size_t{look.heads} * look.part.size;
#pragma unroll
    for (unsigned n = 0; n < 4 * S::kPieces; ++n) {
      const unsigned d = n / 2 * 8 + lane % 4 * 2 + n % 2;
      if (d >= look.part.size) continue;
      const float value = seen.values[n / 2][half * 2 + n % 2] / sum;
      look.out[at + d] = value;
      if (copy != nullptr) copy[(at + d) / width * copy_stride + (at + d) % width] = rounded<T>(value);
    }
    const bool last_head = at % width + look.part.size == width;
    if (copy == nullptr || !last_head) continue;
    for (std::size_t i = width + lane % 4; i < copy_stride; i += 4) {
      copy[at / width * copy_stride + i] = rounded<T>(0);
    }
  }
}

template <typename T, typename S>
void run(cudaStream_t stream, const Look& look, Copy16 copy) {
  static const bool allowed = [] {
    check(cudaFuncSetAttribute(attend16_kernel<T, S>, cudaFuncAttributeMaxDynamicSharedMemorySize,
                               static_cast<int>(S::kBytes)),
          "attend16");
    return true;
  }();
  static_cast<void>(allowed);
  const unsigned most = look.places.most_rows * look.group;
  const dim3 grid((most + S::kQueries - 1) / S::kQueries, look.part.heads,
                  look.places.stretch_count);
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
  with_type16(look.part.type, [&](auto number) {
    using T = decltype(number);
    if (look.part.size <= 16) return run_for<T, 1>(stream, look, copy);
    if (look.part.size <= 32) return run_for<T, 2>(stream, look, copy);
    if (look.part.size <= 64) return run_for<T, 4>(stream, look, copy);
    if (look.part.size <= 80) return run_for<T, 5>(stream, look, copy);
    if (look.part.size <= 96) return run_for<T, 6>(stream, look, copy);
    if (look.part.size <= 128) return run_for<T, 8>(stream, look, copy);
    refuse("numbers of a head", look.part.size, 128);
  });
}

}  // namespace vernier::engine::cuda
