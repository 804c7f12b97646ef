// A flat table from 64-bit keys to small values: pairs of tokens, edges of a trie.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/hash.h"

namespace vernier::engine {

/// Linear probing in one array, at least half of it free: a look-up is one multiplication and
/// mostly one cache line.
template <class Value>
class KeyTable {
 public:
  static constexpr std::uint64_t kFreeKey = ~std::uint64_t{0};

  /// `key` is not kFreeKey. The last value put for a key holds.
  void put(std::uint64_t key, const Value& value) {
    if (used_ * 2 >= slots_.size()) grow();
    Slot& slot = slots_[slot_of(key)];
    if (slot.key == kFreeKey) ++used_;
    slot = {key, value};
  }

  /// nullptr where there is none.
  const Value* find(std::uint64_t key) const {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[slot_of(key)];
    return slot.key == key ? &slot.value : nullptr;
  }

 private:
  struct Slot {
    std::uint64_t key = kFreeKey;
    Value value{};
  };

  std::size_t slot_of(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = mix(key ^ 0x9E3779B97F4A7C15U, 0xD6E8FEB86659FD93U) & mask;
    while (slots_[i].key != kFreeKey && slots_[i].key != key) i = (i + 1) & mask;
    return i;
  }

  void grow() {
    std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.key != kFreeKey) slots_[slot_of(slot.key)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace vernier::engine
