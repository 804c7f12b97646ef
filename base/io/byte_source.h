// Where input bytes come from: a file, a pipe or standard input; plain, gzip or zstd.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace vernier {

enum class Compression { kNone, kGzip, kZstd };

/// Guards against compressed bombs. They hold for compressed input only: a plain file can do no
/// more harm than its size on disk.
struct ExpansionLimits {
  std::uint64_t max_bytes = std::uint64_t{64} << 30;  ///< total bytes after expansion
  /// Refused when more than `ratio_from` bytes came out and they are more than `max_ratio` times
  /// the bytes that went in. Captions expand 3 to 8 times; the worst honest file, a broken
  /// checkpoint that repeats one word up to its token limit, expands about 400 times with gzip.
  /// Bombs of zeros expand 1,030 times with gzip and more than 10,000 times with zstd.
  double max_ratio = 500;
  std::uint64_t ratio_from = std::uint64_t{256} << 20;
};

/// A stream of bytes, decompressed on the way: gzip (concatenated members) and zstd (several
/// frames, windows up to 128 MiB) are told by their first bytes, never by the name.
///
/// Files are read, not mapped: a file that shrinks while it is mapped kills the process with
/// SIGBUS, pipes cannot be mapped at all, and reading 256 KiB at a time into a buffer that stays
/// in the cache is faster (measured with a count of lines on top: 3.4 GB/s against 3.1 GB/s).
class ByteSource {
 public:
  /// Opens a path; "-" is standard input. Throws Error(kUsage) when the path cannot be opened as a
  /// file (missing, a directory, no permission): the command line names the wrong thing. Later
  /// failures (damaged compression, a limit exceeded, an I/O error) are Error(kBadInput).
  static std::unique_ptr<ByteSource> open(const std::string& path,
                                          const ExpansionLimits& limits = {});

  virtual ~ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Reads up to `capacity` (> 0) bytes; 0 only at the end of the input.
  virtual std::size_t read(char* out, std::size_t capacity) = 0;

  /// Reads what is left, but stops when it has more than `most` bytes.
  std::string read_rest(std::size_t most = static_cast<std::size_t>(-1)) {
    std::string bytes;
    for (std::size_t used = 0; used <= most;) {
      bytes.resize(used + (std::size_t{64} << 10));
      const std::size_t n = read(bytes.data() + used, bytes.size() - used);
      used += n;
      bytes.resize(used);
      if (n == 0) break;
    }
    return bytes;
  }

  virtual Compression compression() const = 0;

  /// The path as a person should see it: printable, "standard input" for "-".
  const std::string& name() const { return name_; }

 protected:
  explicit ByteSource(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

}  // namespace vernier
