#include "judges/engine/quantisation/layouts/packing/words.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace vernier::engine {
namespace {

using Word = std::uint32_t;

/// A part of the words that stays in the cache: up to kLines lines of up to kWords words. Lines are
/// far from each other in memory, often by powers of two, which one set of a cache holds few of.
constexpr std::size_t kLines = 64, kWords = 16;

struct Tile {
  std::array<std::array<Word, kWords>, kLines> words{};
  std::size_t first_line = 0, lines = 0, first_word = 0, count = 0;

  void read(std::span<const std::byte> from, std::size_t line) {
    for (std::size_t k = 0; k < lines; ++k) {
      std::memcpy(words[k].data(), from.data() + place(k, line), count * sizeof(Word));
    }
  }
  void write(std::span<std::byte> to, std::size_t line) const {
    for (std::size_t k = 0; k < lines; ++k) {
      std::memcpy(to.data() + place(k, line), words[k].data(), count * sizeof(Word));
    }
  }

 private:
  std::size_t place(std::size_t k, std::size_t line) const {
    return ((first_line + k) * line + first_word) * sizeof(Word);
  }
};

/// Calls visit(tile) for all of `lines` lines of `line` words.
template <class Visit>
void for_each_tile(std::size_t lines, std::size_t line, Visit visit) {
  Tile tile;
  for (std::size_t k = 0; k < lines; k += kLines) {
    for (std::size_t c = 0; c < line; c += kWords) {
      tile.first_line = k;
      tile.lines = std::min(kLines, lines - k);
      tile.first_word = c;
      tile.count = std::min(kWords, line - c);
      visit(tile);
    }
  }
}

/// The eight half-bytes as bytes.
constexpr std::uint64_t spread_halves(std::uint64_t word) {
  word = (word | word << 16) & 0x0000FFFF0000FFFFU;
  word = (word | word << 8) & 0x00FF00FF00FF00FFU;
  return (word | word << 4) & 0x0F0F0F0F0F0F0F0FU;
}

constexpr Word mask_of(unsigned bits) { return (Word{1} << bits) - 1; }

}  // namespace

WordOrder plain_order(unsigned bits) {
  static constexpr std::array<std::uint8_t, 8> kOrder{0, 1, 2, 3, 4, 5, 6, 7};
  return WordOrder(kOrder).first(32 / bits);
}

void unpack_rows(std::span<const std::byte> words, std::size_t rows, std::size_t columns,
                 unsigned bits, WordOrder order, std::span<std::uint8_t> codes) {
  const std::size_t each = order.size(), line = rows / each;
  for_each_tile(columns, line, [&](Tile& tile) {
    tile.read(words, line);
    const std::size_t lines = tile.lines;
    for (std::size_t c = 0; c < tile.count; ++c) {
      std::array<Word, kLines> column{};
      for (std::size_t k = 0; k < kLines; ++k) column[k] = tile.words[k][c];
      for (std::size_t place = 0; place < each; ++place) {
        const std::size_t row = (tile.first_word + c) * each + order[place];
        std::array<std::uint8_t, kLines> out{};
        for (std::size_t k = 0; k < kLines; ++k) {
          out[k] = static_cast<std::uint8_t>(column[k] >> place * bits & mask_of(bits));
        }
        std::memcpy(codes.data() + row * columns + tile.first_line, out.data(), lines);
      }
    }
  });
}

std::vector<std::byte> pack_rows(std::span<const std::uint8_t> codes, std::size_t rows,
                                 std::size_t columns, unsigned bits, WordOrder order) {
  const std::size_t each = order.size(), line = rows / each;
  std::vector<std::byte> words(columns * line * sizeof(Word));
  for_each_tile(columns, line, [&](Tile& tile) {
    for (std::size_t c = 0; c < tile.count; ++c) {
      std::array<Word, kLines> column{};
      for (std::size_t place = 0; place < each; ++place) {
        const std::size_t row = (tile.first_word + c) * each + order[place];
        const std::uint8_t* const in = codes.data() + row * columns + tile.first_line;
        for (std::size_t k = 0; k < tile.lines; ++k) column[k] |= Word{in[k]} << place * bits;
      }
      for (std::size_t k = 0; k < kLines; ++k) tile.words[k][c] = column[k];
    }
    tile.write(words, line);
  });
  return words;
}

void unpack_columns(std::span<const std::byte> words, std::size_t rows, std::size_t columns,
                    unsigned bits, std::span<std::uint8_t> codes) {
  const std::size_t each = 32 / bits;
  for_each_tile(columns / each, rows, [&](Tile& tile) {
    tile.read(words, rows);
    for (std::size_t n = 0; n < tile.count; ++n) {
      std::uint8_t* out = codes.data() + (tile.first_word + n) * columns + tile.first_line * each;
      for (std::size_t k = 0; k < tile.lines; ++k, out += each) {
        const std::uint64_t spread = bits == 4 ? spread_halves(tile.words[k][n]) : tile.words[k][n];
        std::memcpy(out, &spread, each);
      }
    }
  });
}

std::vector<std::byte> pack_columns(std::span<const std::uint8_t> codes, std::size_t rows,
                                    std::size_t columns, unsigned bits) {
  const std::size_t each = 32 / bits, lines = columns / each;
  std::vector<std::byte> words(lines * rows * sizeof(Word));
  for_each_tile(lines, rows, [&](Tile& tile) {
    for (std::size_t n = 0; n < tile.count; ++n) {
      const std::uint8_t* in =
          codes.data() + (tile.first_word + n) * columns + tile.first_line * each;
      for (std::size_t k = 0; k < tile.lines; ++k) {
        Word word = 0;
        for (std::size_t place = 0; place < each; ++place) word |= Word{*in++} << place * bits;
        tile.words[k][n] = word;
      }
    }
    tile.write(words, rows);
  });
  return words;
}

}  // namespace vernier::engine
