// Memory for large tables that are read at random.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace vernier {

/// Zeroed bytes from the operating system. From 2 MiB up they lie on huge pages where the system
/// has them, so that a look-up at random misses the cache but not the page tables as well, and are
/// never written just to become zero. Throws std::bad_alloc.
class ZeroedBytes {
 public:
  ZeroedBytes() = default;
  explicit ZeroedBytes(std::size_t bytes);
  ~ZeroedBytes();
  ZeroedBytes(ZeroedBytes&& other) noexcept { swap(other); }
  ZeroedBytes& operator=(ZeroedBytes&& other) noexcept {
    swap(other);
    return *this;
  }
  void* data() const { return data_; }

 private:
  void swap(ZeroedBytes& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(mapping_, other.mapping_);
    std::swap(mapped_bytes_, other.mapped_bytes_);
  }

  void* data_ = nullptr;
  void* mapping_ = nullptr;  // null: data_ comes from calloc()
  std::size_t mapped_bytes_ = 0;
};

/// A fixed number of values that begin as all-zero bytes.
template <class T>
class ZeroedArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  ZeroedArray() = default;
  explicit ZeroedArray(std::size_t size) : bytes_(size * sizeof(T)), size_(size) {}
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() const { return static_cast<T*>(bytes_.data()); }
  T* begin() const { return data(); }
  T* end() const { return data() + size_; }
  T& operator[](std::size_t i) const { return data()[i]; }

 private:
  ZeroedBytes bytes_;
  std::size_t size_ = 0;
};

}  // namespace vernier
