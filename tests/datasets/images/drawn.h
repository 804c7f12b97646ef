// Pictures that Python and C++ make alike (tests/oracles/images_common.py), hashes, golden tables.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "datasets/images/image.h"

namespace vernier::images::test {

inline std::uint8_t noise(std::uint64_t i, std::uint64_t seed) {
  std::uint64_t x = (i + 1 + (seed << 32)) * 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return static_cast<std::uint8_t>((x ^ (x >> 31)) >> 56);
}

/// Slopes of colour, the upper half under noise.
inline Image picture(Size size, std::uint32_t seed) {
  Image image(size);
  std::uint64_t i = 0;
  for (std::uint32_t y = 0; y < size.height; ++y) {
    const auto row = image.row(y);
    for (std::uint32_t at = 0; at < row.size(); ++at, ++i) {
      const std::uint32_t x = at / 3, c = at % 3;
      row[at] = 2 * y < size.height ? noise(i, seed)
                                    : static_cast<std::uint8_t>(x * (3 + c) + y * (5 - c) + seed);
    }
  }
  return image;
}

/// FNV-1a.
inline std::uint64_t hash_of(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0xCBF29CE484222325u;
  for (const std::uint8_t byte : bytes) value = (value ^ byte) * 0x100000001B3u;
  return value;
}

inline std::uint64_t hash_of(std::span<const float> values) {
  return hash_of({reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes()});
}

inline std::string golden_path(const std::string& name) {
  return std::string(VERNIER_SOURCE) + "/tests/datasets/images/goldens/" + name;
}

inline std::string golden_bytes(const std::string& name) {
  std::ifstream file(golden_path(name), std::ios::binary);
  EXPECT_TRUE(file) << name;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

/// The rows of a table, of the cells between tabs; the line of the columns' names left out.
inline std::vector<std::vector<std::string>> golden_table(const std::string& name) {
  std::istringstream lines(golden_bytes(name));
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    auto& row = rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
  }
  return rows;
}

inline std::uint32_t number(const std::string& text) {
  return static_cast<std::uint32_t>(std::stoul(text));
}

inline std::uint64_t hexadecimal(const std::string& text) { return std::stoull(text, nullptr, 16); }

}  // namespace vernier::images::test
