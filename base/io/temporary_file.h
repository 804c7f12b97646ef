// An unlinked temporary file: memory's overflow, gone with the process however it ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vernier {

/// Lies in $TMPDIR (default /tmp) from the first append(). append() is serial; read() may be called
/// from any thread.
class TemporaryFile {
 public:
  TemporaryFile() = default;
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  /// Returns where the bytes begin. Throws Error(kOutput) when they cannot be written.
  std::uint64_t append(std::string_view bytes);
  /// Throws Error(kOutput) when the bytes cannot be read back.
  void read(std::uint64_t offset, char* out, std::size_t size) const;
  std::uint64_t size() const { return size_; }

 private:
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace vernier
