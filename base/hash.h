// 64-bit hashing for tables of words and n-grams. Equal in every process, so that tables of
// different shards can be merged; not meant to resist an attacker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vernier {

__extension__ typedef unsigned __int128 uint128;

/// Folds the 128-bit product of two words: every input bit reaches every output bit.
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const uint128 product = static_cast<uint128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// Hash of a byte string; words of up to 16 bytes (nearly all) take two multiplications.
inline std::uint64_t hash_bytes(std::string_view bytes) {
  constexpr std::uint64_t k0 = 0x9E3779B97F4A7C15u, k1 = 0xD6E8FEB86659FD93u;
  const auto read = [](const char* p, std::size_t n) {
    std::uint64_t v = 0;
    std::memcpy(&v, p, n);
    return v;
  };
  const char* p = bytes.data();
  std::size_t n = bytes.size();
  std::uint64_t h = n * k1 ^ k0;
  for (; n > 16; p += 16, n -= 16) h = mix(h ^ read(p, 8), read(p + 8, 8) ^ k1);
  std::uint64_t a = 0, b = 0;
  if (n >= 8) {
    a = read(p, 8);
    b = read(p + n - 8, 8);
  } else if (n >= 4) {
    a = read(p, 4);
    b = read(p + n - 4, 4);
  } else if (n > 0) {
    a = read(p, n);
  }
  h = mix(h ^ a ^ k0, b ^ k1);
  return mix(h ^ k0, k1);
}

/// Hash of a list of texts from that of the texts before the last one.
inline std::uint64_t hash_more(std::uint64_t before, std::uint64_t last) {
  return mix(before + 0x9E3779B97F4A7C15u, last | 1);
}

}  // namespace vernier
