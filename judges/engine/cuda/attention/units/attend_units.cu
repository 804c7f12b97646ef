#include "judges/engine/cuda/attention/tile.cuh"
#include "judges/engine/cuda/attention/units/attend_units.h"
#include "judges/engine/cuda/attention/with_head_size.h"

namespace vernier::engine::cuda {
namespace {

constexpr unsigned kWarps = 4, kThreads = 32 * kWarps;

/// Of a warp: its queries, and keys and values of both pages of its unit.
template <typename S>
inline constexpr unsigned kWarpBytes = S::kQueries* S::kPitch + kUnitPages * 2 * S::kPage;

/// A result: the largest score, the sum, then the values.
__device__ __forceinline__ std::size_t part_at(const Look& look, unsigned part, unsigned head) {
  return (std::size_t{part} * look.heads + head) * (look.part.size + 2);
}

template <typename T, typename S>
__global__ void __launch_bounds__(kThreads)
    attend_units_kernel(Look look, DeviceUnits plan, float* parts) {
  const unsigned warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  const unsigned number = blockIdx.x * kWarps + warp, kv_head = blockIdx.y;
  if (number >= plan.counts[0]) return;
  const Unit unit = plan.units[number];
  unsigned char* const query_room = shared_memory() + warp * kWarpBytes<S>;
  unsigned char* const page_room = query_room + S::kQueries * S::kPitch;
#pragma unroll
  for (unsigned page = 0; page < kUnitPages; ++page) {
    if (page * kTokens < unit.keys) {
      fetch_page<T, S>(look.part, plan.pages[unit.first_page + page], kv_head,
                       unit.keys - page * kTokens, lane, 32, page_room + page * 2 * S::kPage);
    }
    commit_copies();
  }
  for (unsigned i = lane; i < S::kQueries * S::kWidth; i += 32) {
    const unsigned q = i / S::kWidth, d = i % S::kWidth;
    const bool there = q < unit.queries * look.group && d < look.part.size;
    float value = 0;
    if (there) {
      const unsigned row = plan.queries[unit.first_query + q / look.group].row;
      const unsigned head = kv_head * look.group + q % look.group;
      value = look.q[(std::size_t{row} * look.heads + head) * look.part.size + d];
    }
    reinterpret_cast<T*>(query_room + q * S::kPitch)[d] = rounded<T>(value);
  }
  __syncwarp();
  std::uint32_t q[S::kPieces][4];
  load_queries<S>(query_room, q);
  UnitQuery mine[2];
  bool there[2];
#pragma unroll
  for (unsigned half = 0; half < 2; ++half) {
    const unsigned i = lane / 4 + half * 8;
    there[half] = i < unit.queries * look.group;
    mine[half] = plan.queries[unit.first_query + (there[half] ? i / look.group : 0)];
  }
  const unsigned last[2] = {mine[0].last, mine[1].last};
  const float scale = scale_of(look.part.size);
  Seen<S::kPieces> seen;
#pragma unroll
  for (unsigned page = 0; page < kUnitPages; ++page) {
    if (page * kTokens >= unit.keys) break;
    if (page == 0) {
      wait_for_copies<1>();
    } else {
      wait_for_copies<0>();
    }
    __syncwarp();
    const unsigned char* const at = page_room + page * 2 * S::kPage;
    float scores[4][4] = {};
    scores_of<T, S>(q, at, scores);
    take_in<T, S>(seen, scores, scale, last, unit.number * kUnitKeys + page * kTokens,
                  at + S::kPage);
  }
  complete(seen);
#pragma unroll
  for (unsigned half = 0; half < 2; ++half) {
    if (!there[half]) continue;
    const unsigned head = kv_head * look.group + (lane / 4 + half * 8) % look.group;
    float* const to = parts + part_at(look, mine[half].part, head);
    if (lane % 4 == 0) {
      to[0] = seen.most[half];
      to[1] = seen.sum[half];
    }
#pragma unroll
    for (unsigned n = 0; n < 4 * S::kPieces; ++n) {
      const unsigned d = n / 2 * 8 + lane % 4 * 2 + n % 2;
      if (d < look.part.size) to[2 + d] = seen.values[n / 2][half * 2 + n % 2];
    }
  }
}

/// A warp a row and head; a lane some of its numbers.
template <typename T>
__global__ void __launch_bounds__(kThreads)
    fold_kernel(Look look, DeviceUnits plan, const float* parts, T* copy, unsigned copy_stride) {
  constexpr unsigned kOwn = 4;  // 128 numbers of a head
  const unsigned lane = threadIdx.x % 32;
  const unsigned number = blockIdx.x * kWarps + threadIdx.x / 32;
  if (number >= plan.counts[1] * look.heads) return;
  const UnitRow row = plan.rows[number / look.heads];
  const unsigned head = number % look.heads, size = look.part.size;
  float most = kNever, sum = 0, values[kOwn] = {};
  for (unsigned p = 0; p < row.parts; ++p) {
    const float* const part = parts + part_at(look, row.first_part + p, head);
    const float2 scales = fold(most, sum, part[0], part[1]);
#pragma unroll
    for (unsigned i = 0; i < kOwn; ++i) {
      const unsigned d = i * 32 + lane;
      if (d < size) values[i] = folded(values[i], part[2 + d], scales);
    }
  }
  const std::size_t width = std::size_t{look.heads} * size;
#pragma unroll
  for (unsigned i = 0; i < kOwn; ++i) {
    const unsigned d = i * 32 + lane;
    if (d >= size) continue;
    const float value = values[i] / sum;
    look.out[row.row * width + head * size + d] = value;
    if (copy != nullptr)
      copy[std::size_t{row.row} * copy_stride + head * size + d] = rounded<T>(value);
  }
  if (copy == nullptr || head + 1 < look.heads) return;
  for (std::size_t i = width + lane; i < copy_stride; i += 32) {
    copy[std::size_t{row.row} * copy_stride + i] = rounded<T>(0);
  }
}

template <typename T, unsigned pieces>
void run(cudaStream_t stream, const Look& look, const DeviceUnits& units, float* parts,
         Copy16 copy) {
  using S = Tile<pieces>;
  constexpr unsigned kBytes = kWarps * kWarpBytes<S>;
  allow_shared_bytes<attend_units_kernel<T, S>>("attend_units", kBytes);
  const auto blocks = [](std::size_t warps) {
    return static_cast<unsigned>((warps + kWarps - 1) / kWarps);
  };
  launch(stream, "attend_units", attend_units_kernel<T, S>,
         dim3(blocks(units.most_units), look.part.heads), kThreads, kBytes, look, units, parts);
  launch(stream, "fold", fold_kernel<T>, dim3(blocks(std::size_t{units.row_count} * look.heads)),
         kThreads, 0, look, units, static_cast<const float*>(parts), static_cast<T*>(copy.data),
         static_cast<unsigned>(copy.stride));
}

}  // namespace

void attend_units(cudaStream_t stream, const Look& look, const DeviceUnits& units, float* parts,
                  Copy16 copy) {
  with_head_size(look.part, [&](auto number, auto pieces) {
    using T = decltype(number);
    run<T, pieces()>(stream, look, units, parts, copy);
  });
}

}  // namespace vernier::engine::cuda
