// Codes of few bits in words of 32 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vernier::engine {

/// Which of a word's codes lies at each place, lowest bits first.
using WordOrder = std::span<const std::uint8_t>;

/// 0, 1, 2, ...: for 4 or 8 bits.
WordOrder plain_order(unsigned bits);

/// Line k of the words holds column k: each word the codes of as many consecutive rows as it has
/// room for, in `order`. Writes codes [rows, columns], one a byte.
void unpack_rows(std::span<const std::byte> words, std::size_t rows, std::size_t columns,
                 unsigned bits, WordOrder order, std::span<std::uint8_t> codes);
std::vector<std::byte> pack_rows(std::span<const std::uint8_t> codes, std::size_t rows,
                                 std::size_t columns, unsigned bits, WordOrder order);

/// Number n of a line is of row n: it holds the codes of as many consecutive columns as a word has
/// room for, the first in its lowest bits.
void unpack_columns(std::span<const std::byte> words, std::size_t rows, std::size_t columns,
                    unsigned bits, std::span<std::uint8_t> codes);
std::vector<std::byte> pack_columns(std::span<const std::uint8_t> codes, std::size_t rows,
                                    std::size_t columns, unsigned bits);

}  // namespace vernier::engine
