// Memory of the device, freed with its owner.
#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "judges/engine/backend/backend.h"

namespace vernier::engine::cuda {

/// A piece of bytes; Error(kResource) when there is not enough memory.
class DeviceBytes {
 public:
  DeviceBytes() = default;
  explicit DeviceBytes(std::size_t bytes);
  ~DeviceBytes();
  DeviceBytes(DeviceBytes&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  DeviceBytes& operator=(DeviceBytes other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }

  void* data() const { return data_; }
  std::size_t bytes() const { return bytes_; }

 private:
  void* data_ = nullptr;
  std::size_t bytes_ = 0;
};

/// Room that is used again and again by what one stream does in order, and grows.
class DeviceRoom {
 public:
  /// How often any room has grown: work that was recorded before knows old addresses.
  static std::uint64_t growths();

  /// What was in it is lost where it must grow; work under way that uses it is waited for.
  void* of(std::size_t bytes, cudaStream_t stream);

  /// A copy of numbers of the host.
  template <typename T>
  const T* copy_of(std::span<const T> numbers, cudaStream_t stream) {
    return static_cast<const T*>(copy_of_bytes(numbers.data(), numbers.size_bytes(), stream));
  }
  template <typename T>
  const T* copy_of(const std::vector<T>& numbers, cudaStream_t stream) {
    return copy_of(std::span<const T>(numbers), stream);
  }

 private:
  const void* copy_of_bytes(const void* from, std::size_t bytes, cudaStream_t stream);
  DeviceBytes bytes_;
};

/// Floats of zeros for the engine.
class DeviceFloats final : public Memory {
 public:
  DeviceFloats(std::size_t floats, cudaStream_t stream);

 private:
  DeviceBytes bytes_;
};

}  // namespace vernier::engine::cuda
