// The device's memory: a range of addresses of its own, so that what a kernel touches can be told
// apart from the host's. Fresh memory holds NaNs (all bits set).
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <new>

namespace vernier::emulation {

class DeviceMemory {
 public:
  static DeviceMemory& get() {
    static DeviceMemory memory;
    return memory;
  }

  /// nullptr when there is no room.
  void* allocate(std::size_t bytes) {
    const std::size_t wanted = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    std::size_t at = kAlignment;
    for (const auto& [begin, size] : live_) {
      if (begin >= at + wanted + kAlignment) break;
      at = (begin + size + 2 * kAlignment - 1) / kAlignment * kAlignment;  // with a gap between
    }
    if (at + wanted > kBytes) return nullptr;
    live_[at] = bytes;
    std::memset(base_ + at, 0xFF, bytes);
    return base_ + at;
  }

  /// False for what is no allocation.
  bool free(void* address) {
    const auto found = live_.find(offset(address));
    if (found == live_.end()) return false;
    if (last_ == found) last_ = live_.end();
    live_.erase(found);
    return true;
  }

  bool is_device(const void* address) const { return address >= base_ && address < base_ + kBytes; }
  std::size_t offset(const void* address) const {
    return static_cast<std::size_t>(static_cast<const std::byte*>(address) - base_);
  }

  /// Does all of it lie in one live allocation?
  bool holds(const void* address, std::size_t bytes) {
    if (!is_device(address)) return false;
    const std::size_t begin = offset(address);
    if (last_ == live_.end() || begin < last_->first || begin - last_->first >= last_->second) {
      last_ = live_.upper_bound(begin);
      if (last_ == live_.begin()) {
        last_ = live_.end();
        return false;
      }
      --last_;
    }
    return begin + bytes <= last_->first + last_->second;
  }

  std::size_t allocations() const { return live_.size(); }
  static constexpr std::size_t kBytes = std::size_t{8} << 30;

 private:
  static constexpr std::size_t kAlignment = 256;

  DeviceMemory() {
    void* const range = ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) throw std::bad_alloc();
    base_ = static_cast<std::byte*>(range);
  }

  std::byte* base_ = nullptr;
  std::map<std::size_t, std::size_t> live_;  ///< offset -> bytes
  std::map<std::size_t, std::size_t>::iterator last_ = live_.end();
};

}  // namespace vernier::emulation
