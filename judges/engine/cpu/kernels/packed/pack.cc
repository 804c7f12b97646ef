#include "judges/engine/cpu/kernels/packed/pack.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "base/error.h"
#include "judges/engine/container/values/convert.h"

namespace vernier::engine::cpu {
namespace {

constexpr std::size_t kGroupUnit = 32;
/// Inputs that are rounded together at most: sums of products with codes of 8 bits stay below 2^31.
constexpr std::size_t kMostOfABlock = 128;

void require(bool fine, const char* what) {
  if (!fine) throw Error(ExitCode::kInternal, std::string("weights of few bits: ") + what);
}

void check(const QuantisedMatrix& w) {
  require(w.bits == 4 || w.bits == 8, "bits");
  require(w.group > 0 && w.group % kGroupUnit == 0 && w.columns % w.group == 0, "size of a group");
  require(w.rows > 0 && w.columns > 0 && w.codes.size() == w.rows * w.columns, "number of codes");
  const std::size_t groups = w.rows * w.groups();
  require(w.scales.size() == groups && w.offsets.size() == groups, "number of scales");
  require(w.order.empty() || w.order.size() == w.columns, "size of the order");
  require(std::all_of(w.order.begin(), w.order.end(),
                      [&](std::uint32_t input) { return input < w.columns; }),
          "an input beyond the end");
}

/// The largest that divides the group.
std::size_t block_of(std::size_t group) {
  std::size_t block = kMostOfABlock;
  while (group % block != 0) block -= kGroupUnit;
  return block;
}

/// z from 0 to 255 with offset == -scale * z exactly, if there is one.
std::optional<std::uint8_t> zero_point(float scale, float offset) {
  const float z = scale == 0 ? 0 : std::nearbyint(-offset / scale);
  if (!(z >= 0 && z <= 255 && offset == -scale * z)) return std::nullopt;
  return static_cast<std::uint8_t>(z);
}

bool fits_halves(const QuantisedMatrix& w) {
  for (std::size_t i = 0; i < w.scales.size(); ++i) {
    if (float_of_half(half_of(w.scales[i])) != w.scales[i]) return false;
    if (!zero_point(w.scales[i], w.offsets[i])) return false;
  }
  return true;
}

/// `bytes` of a tile's row in each eight inputs; `lane`: row in the tile.
void pack_row(const std::uint8_t* from, const PackedWeights& layout, std::size_t lane,
              std::uint8_t* to) {
  constexpr std::size_t kHalf = kPackedInputs / 2;
  const std::size_t step = layout.bits * kPackedRows;
  to += lane * kHalf;
  for (std::size_t k = 0; k < layout.depth; k += kPackedInputs, from += kPackedInputs, to += step) {
    for (std::size_t i = 0; i < kHalf; ++i) {
      if (layout.bits == 4) {
        to[i] = static_cast<std::uint8_t>(from[i] | from[kHalf + i] << 4);
      } else {
        to[i] = from[i];
        to[kPackedRows * kHalf + i] = from[kHalf + i];
      }
    }
  }
}

template <class T>
void put(T value, std::size_t lane, std::uint8_t* to) {
  std::memcpy(to + lane * sizeof(T), &value, sizeof(T));
}

void pack_group(float scale, float offset, GroupStorage storage, std::size_t lane,
                std::uint8_t* to) {
  if (storage == GroupStorage::kSingles) {
    put(scale, lane, to);
    put(offset, lane, to + kPackedRows * sizeof(float));
  } else {
    put(half_of(scale), lane, to);
    put(*zero_point(scale, offset), lane, to + kPackedRows * sizeof(std::uint16_t));
  }
}

}  // namespace

PackedWeights packed_layout(const QuantisedMatrix& weights) {
  check(weights);
  PackedWeights out;
  out.rows = weights.rows;
  out.depth = weights.columns;
  out.tiles = (weights.rows + kPackedRows - 1) / kPackedRows;
  out.group = weights.group;
  out.block = block_of(weights.group);
  out.bits = weights.bits;
  out.storage = fits_halves(weights) ? GroupStorage::kHalves : GroupStorage::kSingles;
  out.tile_bytes = weights.columns * kPackedRows * weights.bits / 8;
  out.group_bytes = kPackedRows * (out.storage == GroupStorage::kHalves
                                       ? sizeof(std::uint16_t) + sizeof(std::uint8_t)
                                       : 2 * sizeof(float));
  return out;
}

std::size_t packed_code_bytes(const PackedWeights& layout) {
  return layout.tiles * layout.tile_bytes;
}

std::size_t packed_group_bytes(const PackedWeights& layout) {
  return layout.tiles * (layout.depth / layout.group) * layout.group_bytes;
}

void pack_tiles(const QuantisedMatrix& weights, const PackedWeights& layout, std::size_t begin,
                std::size_t end, std::uint8_t* codes, std::uint8_t* groups) {
  const std::size_t count = weights.groups();
  for (std::size_t tile = begin; tile < end; ++tile) {
    std::uint8_t* const tile_codes = codes + tile * layout.tile_bytes;
    std::uint8_t* const tile_groups = groups + tile * count * layout.group_bytes;
    const std::size_t first = tile * kPackedRows;
    const std::size_t rows = std::min(kPackedRows, weights.rows - first);
    if (rows < kPackedRows) {
      std::fill_n(tile_codes, layout.tile_bytes, std::uint8_t{0});
      std::fill_n(tile_groups, count * layout.group_bytes, std::uint8_t{0});
    }
    for (std::size_t lane = 0; lane < rows; ++lane) {
      const std::size_t row = first + lane;
      pack_row(weights.codes.data() + row * weights.columns, layout, lane, tile_codes);
      for (std::size_t g = 0; g < count; ++g) {
        pack_group(weights.scales[row * count + g], weights.offsets[row * count + g],
                   layout.storage, lane, tile_groups + g * layout.group_bytes);
      }
    }
  }
}

}  // namespace vernier::engine::cpu
