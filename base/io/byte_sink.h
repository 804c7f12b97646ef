// Where output bytes go: a file or standard output; plain, gzip or zstd.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/io/output/target.h"

namespace vernier {

/// A buffered writer. A file appears under its name only when commit() has returned: the bytes go
/// to a temporary file in the same folder that is renamed over the target, and is removed when the
/// sink goes away uncommitted. Links are followed, the mode of a replaced file is kept; pipes and
/// devices (/dev/stdout, /dev/null) are written directly. The end of the path chooses the
/// compression: `.gz` (no name and time 0, so that equal content gives equal bytes) or `.zst`.
///
/// Every failure throws Error(kOutput) with the path and the reason, a closed pipe BrokenPipe; the
/// program must ignore SIGPIPE for that. One thread at a time.
class ByteSink {
 public:
  /// "-" is standard output.
  explicit ByteSink(const std::string& path);
  ~ByteSink();
  ByteSink(const ByteSink&) = delete;
  ByteSink& operator=(const ByteSink&) = delete;

  void write(std::string_view bytes);

  /// Hands everything written so far to the operating system (ends a compressed block early).
  void flush();

  /// Completes the output and puts it in its place. Nothing may be written after it.
  void commit();

  /// The path as a person should see it: printable, "standard output" for "-".
  const std::string& name() const;

 private:
  class File;
  class Encoder;
  class GzipEncoder;
  class ZstdEncoder;

  std::unique_ptr<File> file_;
  std::unique_ptr<Encoder> encoder_;  // null: plain
  std::string buffer_;
  bool committed_ = false;
};

}  // namespace vernier
