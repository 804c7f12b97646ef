// A set of 64-bit hashes that many threads fill.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

namespace vernier {

/// Members are already hashes, so their bits serve as they are. 8 bytes a member at 2/3 load.
class ConcurrentHashSet {
 public:
  /// True when `hash` was not in the set before.
  bool insert(std::uint64_t hash) {
    if (hash == 0) hash = 1;  // 0 marks a free slot
    Part& part = parts_[hash >> 58];
    const std::lock_guard lock(part.mutex);
    if ((part.used + 1) * 3 > part.slots.size() * 2) part.grow();
    std::uint64_t& slot = *part.find(hash);
    if (slot != 0) return false;
    slot = hash;
    ++part.used;
    return true;
  }

 private:
  struct Part {
    std::mutex mutex;
    std::vector<std::uint64_t> slots;
    std::size_t used = 0;
    std::uint64_t* find(std::uint64_t hash) {
      std::size_t i = hash & (slots.size() - 1);
      while (slots[i] != 0 && slots[i] != hash) i = (i + 1) & (slots.size() - 1);
      return &slots[i];
    }
    void grow() {
      std::vector<std::uint64_t> old(slots.empty() ? 256 : slots.size() * 2);
      old.swap(slots);
      for (const std::uint64_t hash : old) {
        if (hash != 0) *find(hash) = hash;
      }
    }
  };
  std::array<Part, 64> parts_;
};

}  // namespace vernier
