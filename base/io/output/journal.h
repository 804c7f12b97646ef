// A file that is written while work goes on and outlives the process that writes it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/io/byte_source.h"
#include "base/io/output/target.h"

namespace vernier {

/// The bytes for PATH lie in PATH.part until commit() puts them in place (compressed where the end
/// of PATH says so). Whatever ends the process before that, they stay, and the next journal for
/// PATH finds them. One process at a time: the file is locked (POSIX record lock, which the system
/// drops with the process). Serial.
class Journal {
 public:
  /// Opens PATH.part. Throws Error(kOutput) when it cannot be written, or while another process
  /// works on it, whose number the message says. `target` must not be direct.
  explicit Journal(OutputTarget target);
  /// Leaves PATH.part, unless nothing is in it.
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// Whether an earlier process left nothing.
  bool empty() const;
  /// What an earlier process left, from its beginning. For use before the first write().
  std::unique_ptr<ByteSource> kept() const;
  /// Forgets everything behind the first `bytes` and goes on from there.
  void keep(std::uint64_t bytes);

  void write(std::string_view bytes);
  /// Hands everything written so far to the operating system: it outlives this process.
  void flush();
  void commit();

 private:
  void open_and_lock();
  void commit_packed();

  OutputTarget target_;
  std::string part_, buffer_;
  int fd_ = -1;
};

}  // namespace vernier
