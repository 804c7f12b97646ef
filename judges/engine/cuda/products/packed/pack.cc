#include <cmath>
#include <cstring>

#include "judges/engine/container/values/convert.h"
#include "judges/engine/cuda/products/packed/packed_weights.h"

namespace vernier::engine::cuda {
namespace {

/// A lane's codes are those of steps of four inputs. Words of 4 bits: code i of step 2 s + h is
/// nibble 2 h + i / 2 + 4 (i % 2), so that shifting and masking gives codes i and i + 1 in the two
/// halves of a word. Words of 8 bits hold one step: codes 0, 2, 1, 3.
void put(std::uint32_t* words, unsigned bits, std::size_t column, std::uint32_t code) {
  const std::size_t step = column / 4, i = column % 4;
  if (bits == 4) {
    words[step / 2] |= code << (4 * (2 * (step % 2) + i / 2 + 4 * (i % 2)));
  } else {
    constexpr std::size_t kByte[4] = {0, 2, 1, 3};
    words[step] |= code << (8 * kByte[i]);
  }
}

GroupOf16 group_of_16(float scale, float offset) {
  constexpr float kBase = 1024;
  const float zero = scale != 0 ? -offset / scale : 0;
  const float whole = std::nearbyint(zero);
  if (std::abs(zero - whole) < 1e-3F && std::abs(whole) < 256) {
    return {half_of(kBase + whole), half_of(scale), half_of(0), 0};
  }
  return {half_of(kBase), half_of(scale), half_of(offset), 0};
}

}  // namespace

PackedBytes pack(const QuantisedMatrix& w, DType type) {
  PackedWeights layout;
  layout.bits = w.bits;
  layout.rows = w.rows;
  layout.columns = w.columns;
  const std::size_t down = layout.pieces_down(), across = layout.pieces_across();
  const std::size_t quarter = layout.piece_columns() / 4;
  PackedBytes out;
  out.codes.resize(down * across * kLanes * kLaneBytes);
  out.groups.resize(down * w.groups() * kPieceRows * sizeof(GroupOf16));
  for (std::size_t n = 0; n < w.rows; ++n) {
    const std::size_t piece_row = n / kPieceRows, output = n % kPieceRows;
    for (std::size_t piece = 0; piece < across; ++piece) {
      for (std::size_t t = 0; t < 4; ++t) {
        std::uint32_t words[4] = {};
        const std::size_t first = (piece * 4 + t) * quarter;
        for (std::size_t c = 0; c < quarter && first + c < w.columns; ++c) {
          put(words, w.bits, c, w.codes[n * w.columns + first + c]);
        }
        const std::size_t lane = (piece_row * across + piece) * kLanes + output * 4 + t;
        std::memcpy(&out.codes[lane * kLaneBytes], words, sizeof words);
      }
    }
    for (std::size_t g = 0; g < w.groups(); ++g) {
      const float scale = w.scales[n * w.groups() + g], offset = w.offsets[n * w.groups() + g];
      std::byte* const to =
          &out.groups[((piece_row * w.groups() + g) * kPieceRows + output) * sizeof(GroupOf16)];
      if (type == DType::kBf16) {
        const GroupOf32 group{scale, offset};
        std::memcpy(to, &group, sizeof group);
      } else {
        const GroupOf16 group = group_of_16(scale, offset);
        std::memcpy(to, &group, sizeof group);
      }
    }
  }
  return out;
}

}  // namespace vernier::engine::cuda
