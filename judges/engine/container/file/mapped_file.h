// A file's bytes without reading it.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace vernier::engine {

/// A read-only mapping of a whole regular file. Pages come in when they are touched and can be
/// dropped by the system at any time, so that a model needs its own size of memory and no more.
///
/// A file that is cut short while it is mapped kills the process with SIGBUS where it is read: do
/// not write over a checkpoint in use; put a new file in its place (rename).
class MappedFile {
 public:
  /// Throws Error(kResource) for what is missing, not readable or not a regular file.
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  MappedFile& operator=(MappedFile&&) = delete;

  /// Stays in place as long as the object, or the one that it is moved to.
  std::span<const std::byte> bytes() const { return bytes_; }
  /// The path as a person should see it: printable.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::span<const std::byte> bytes_;
};

}  // namespace vernier::engine
