// Identifies a set of (id, content) pairs whatever their order: sums, so that neither order nor
// sharding matters. Not for adversaries.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "base/hash.h"

namespace vernier {

class SetDigest {
 public:
  /// Two hashes: what names the content, and the content.
  void add(std::uint64_t id, std::uint64_t content) {
    sums_[0] += mix(id ^ 0xD6E8FEB86659FD93u, content | 1);
    sums_[1] += mix(id + 0xA0761D6478BD642Fu, content ^ 0x9E3779B97F4A7C15u);
  }
  std::string hexadecimal() const { return fmt::format("{:016x}{:016x}", sums_[0], sums_[1]); }

 private:
  std::uint64_t sums_[2] = {0, 0};
};

}  // namespace vernier
