#include "judges/engine/quantisation/rounding.h"

#include <algorithm>

#include "base/parallel.h"
#include "judges/engine/container/values/convert.h"

namespace vernier::engine {
namespace {

/// Rows that a thread takes at a time.
constexpr std::size_t kRows = 16;

/// To the nearest whole number, ties to even, of |x| < 2^22. std::nearbyint is a call of the C
/// library without SSE 4.1.
float whole(float x) {
  constexpr float kMagic = 12582912.0F;
  return x + kMagic - kMagic;
}

struct Group {
  float scale, zero;

  float code(float weight, float top) const {
    return std::clamp(whole(weight / scale) + zero, 0.0F, top);
  }
};

Group group_of(std::span<const float> weights, const Rounding& rounding) {
  float low = 0, high = 0;
  for (const float w : weights) {
    low = std::min(low, w);
    high = std::max(high, w);
  }
  const auto top = static_cast<float>(rounding.top());
  const auto least = static_cast<float>(rounding.least_zero);
  low = std::min(low, -least * high / (top - least));
  // The scale is kept as a half: codes are of what it becomes.
  const float scale = float_of_half(half_of(std::max(high - low, 1e-5F) / top));
  return {scale, std::clamp(whole(-low / scale), least, top)};
}

/// f(place of the group among all, its weights) for every group.
template <class F>
void each_group(std::span<const float> weights, std::size_t rows, std::size_t columns,
                const Rounding& rounding, unsigned threads, const F& f) {
  const std::size_t groups = columns / rounding.group;
  parallel_blocks(threads, rows, kRows, [&] {
    return [&](std::size_t begin, std::size_t end) {
      for (std::size_t g = begin * groups; g < end * groups; ++g) {
        f(g, weights.subspan(g * rounding.group, rounding.group));
      }
    };
  });
}

}  // namespace

QuantisedMatrix round_to_nearest(std::span<const float> weights, std::size_t rows,
                                 std::size_t columns, const Rounding& rounding, unsigned threads) {
  QuantisedMatrix out;
  out.rows = rows;
  out.columns = columns;
  out.bits = rounding.bits;
  out.group = rounding.group;
  out.codes.resize(rows * columns);
  out.scales.resize(rows * out.groups());
  out.offsets.resize(rows * out.groups());
  const auto top = static_cast<float>(rounding.top());
  each_group(weights, rows, columns, rounding, threads,
             [&](std::size_t g, std::span<const float> some) {
               const Group group = group_of(some, rounding);
               out.scales[g] = group.scale;
               out.offsets[g] = -group.scale * group.zero;
               std::uint8_t* const codes = &out.codes[g * rounding.group];
               for (std::size_t k = 0; k < some.size(); ++k) {
                 codes[k] = static_cast<std::uint8_t>(group.code(some[k], top));
               }
             });
  return out;
}

void round_weights(std::span<const float> weights, std::size_t rows, std::size_t columns,
                   const Rounding& rounding, unsigned threads, std::span<float> out) {
  const auto top = static_cast<float>(rounding.top());
  each_group(weights, rows, columns, rounding, threads,
             [&](std::size_t g, std::span<const float> some) {
               const Group group = group_of(some, rounding);
               float* const to = &out[g * rounding.group];
               for (std::size_t k = 0; k < some.size(); ++k) {
                 to[k] = group.scale * (group.code(some[k], top) - group.zero);
               }
             });
}

}  // namespace vernier::engine
