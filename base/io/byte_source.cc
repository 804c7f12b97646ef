#include "base/io/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "base/printable.h"

namespace vernier {
namespace {

constexpr std::size_t kInputBuffer = 256 << 10;

std::string reason(int error) { return std::generic_category().message(error); }

/// An open descriptor with a buffer before it, so that the first bytes can be looked at.
class Descriptor {
 public:
  Descriptor(int fd, std::string name) : fd_(fd), name_(std::move(name)), buffer_(kInputBuffer) {
    struct stat status {};
    regular_ = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  }
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  const std::string& name() const { return name_; }
  const char* data() const { return buffer_.data() + begin_; }
  std::size_t size() const { return end_ - begin_; }
  void consume(std::size_t n) { begin_ += n; }

  /// Holds at least `n` (small) unread bytes unless the input ends before.
  bool ensure(std::size_t n) {
    while (size() < n) {
      if (begin_ > 0) {
        std::memmove(buffer_.data(), data(), size());
        end_ -= begin_;
        begin_ = 0;
      }
      const std::size_t got = read_file(buffer_.data() + end_, buffer_.size() - end_);
      if (got == 0) return false;
      end_ += got;
    }
    return true;
  }

  /// Buffered bytes first, then straight into the caller's memory.
  std::size_t read(char* out, std::size_t capacity) {
    if (size() == 0) return read_file(out, capacity);
    const std::size_t n = std::min(capacity, size());
    std::memcpy(out, data(), n);
    consume(n);
    return n;
  }

 private:
  std::size_t read_file(char* out, std::size_t capacity) {
    for (;;) {
      if (!regular_) wait_readable(fd_);
      const ssize_t n = ::read(fd_, out, capacity);
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno == EINTR) continue;
      if (errno == EAGAIN) {  // a pipe that some other process made non-blocking
        pollfd ready{fd_, POLLIN, 0};
        ::poll(&ready, 1, -1);
        continue;
      }
      const ExitCode code = errno == EISDIR ? ExitCode::kUsage : ExitCode::kBadInput;
      throw Error(code, fmt::format("{}: cannot be read: {}", name_, reason(errno)));
    }
  }

  int fd_;
  bool regular_ = false;
  std::string name_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
};

class PlainSource : public ByteSource {
 public:
  explicit PlainSource(std::unique_ptr<Descriptor> input)
      : ByteSource(input->name()), input_(std::move(input)) {}
  std::size_t read(char* out, std::size_t capacity) override { return input_->read(out, capacity); }
  Compression compression() const override { return Compression::kNone; }

 private:
  std::unique_ptr<Descriptor> input_;
};

/// What gzip and zstd share: counting both sides and refusing what expands beyond the limits.
class ExpandingSource : public ByteSource {
 public:
  ExpandingSource(std::unique_ptr<Descriptor> input, const ExpansionLimits& limits)
      : ByteSource(input->name()), input_(std::move(input)), limits_(limits) {}

  std::size_t read(char* out, std::size_t capacity) final {
    const std::size_t n = expand(out, capacity);
    bytes_out_ += n;
    if (bytes_out_ > limits_.max_bytes) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: expands to more than {} bytes (the limit for compressed input)",
                              name(), limits_.max_bytes));
    }
    if (bytes_out_ > limits_.ratio_from &&
        static_cast<double>(bytes_out_) > limits_.max_ratio * static_cast<double>(bytes_in_)) {
      throw Error(ExitCode::kBadInput,
                  fmt::format("{}: {} compressed bytes expand to more than {} bytes, over {:g} "
                              "times; refused as a decompression bomb",
                              name(), bytes_in_, bytes_out_, limits_.max_ratio));
    }
    return n;
  }

 protected:
  virtual std::size_t expand(char* out, std::size_t capacity) = 0;

  void consumed(std::size_t n) {
    input_->consume(n);
    bytes_in_ += n;
  }

  [[noreturn]] void fail(const char* what) const {
    throw Error(ExitCode::kBadInput,
                fmt::format("{}: {} (after {} compressed and {} expanded bytes)", name(), what,
                            bytes_in_, bytes_out_));
  }

  Descriptor& input() { return *input_; }

 private:
  std::unique_ptr<Descriptor> input_;
  ExpansionLimits limits_;
  std::uint64_t bytes_in_ = 0, bytes_out_ = 0;
};

bool starts_gzip(const Descriptor& input) {
  return input.size() >= 2 && std::memcmp(input.data(), "\x1f\x8b", 2) == 0;
}

/// A zstd frame, or a skippable frame (0x184D2A50..5F, little endian), which may come first.
bool starts_zstd(const Descriptor& input) {
  if (input.size() < 4) return false;
  if (std::memcmp(input.data(), "\x28\xb5\x2f\xfd", 4) == 0) return true;
  return (static_cast<unsigned char>(input.data()[0]) & 0xF0) == 0x50 &&
         std::memcmp(input.data() + 1, "\x2a\x4d\x18", 3) == 0;
}

class GzipSource final : public ExpandingSource {
 public:
  GzipSource(std::unique_ptr<Descriptor> input, const ExpansionLimits& limits)
      : ExpandingSource(std::move(input), limits) {
    if (inflateInit2(&stream_, 16 + MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  Compression compression() const override { return Compression::kGzip; }

 private:
  std::size_t expand(char* out, std::size_t capacity) override {
    capacity = std::min<std::size_t>(capacity, 1 << 30);
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(capacity);
    while (stream_.avail_out == capacity) {
      if (between_members_ && !next_member()) return 0;
      if (!input().ensure(1)) fail("the gzip stream ends early: truncated file");
      const std::size_t available = input().size();
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input().data()));
      stream_.avail_in = static_cast<uInt>(available);
      const int status = inflate(&stream_, Z_NO_FLUSH);
      consumed(available - stream_.avail_in);
      if (status == Z_MEM_ERROR) throw std::bad_alloc();
      if (status == Z_STREAM_END) {
        inflateReset(&stream_);
        between_members_ = true;
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        fail("the gzip stream is damaged");
      }
    }
    return capacity - stream_.avail_out;
  }

  /// Goes to the next member; zero padding after the last one is legal (tar, tapes).
  bool next_member() {
    if (!input().ensure(1)) return false;
    if (first_ || (input().ensure(2), starts_gzip(input()))) {
      first_ = false;
      between_members_ = false;
      return true;
    }
    while (input().ensure(1)) {
      const char* begin = input().data();
      const char* end = begin + input().size();
      if (std::any_of(begin, end, [](char c) { return c != '\0'; })) {
        fail("bytes that are not gzip follow the gzip stream");
      }
      consumed(input().size());
    }
    return false;
  }

  z_stream stream_{};
  bool first_ = true, between_members_ = true;
};

class ZstdSource final : public ExpandingSource {
 public:
  ZstdSource(std::unique_ptr<Descriptor> input, const ExpansionLimits& limits)
      : ExpandingSource(std::move(input), limits), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
    // 2^27 is what zstd itself writes without --long; more would let a header claim gigabytes.
    ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, 27);
  }
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }
  Compression compression() const override { return Compression::kZstd; }

 private:
  std::size_t expand(char* out, std::size_t capacity) override {
    ZSTD_outBuffer output{out, capacity, 0};
    while (output.pos == 0) {
      if (!input().ensure(1)) {
        // zstd may hold finished output that did not fit into the last call's buffer.
        if (frame_done_) return 0;
        ZSTD_inBuffer none{nullptr, 0, 0};
        step(output, none);
        if (output.pos == 0 && !frame_done_) fail("the zstd stream ends early: truncated file");
        continue;
      }
      if (frame_done_ && (input().ensure(4), !starts_zstd(input()))) {
        fail("bytes that are not zstd follow the zstd stream");
      }
      ZSTD_inBuffer in{input().data(), input().size(), 0};
      step(output, in);
      consumed(in.pos);
    }
    return output.pos;
  }

  void step(ZSTD_outBuffer& output, ZSTD_inBuffer& in) {
    const std::size_t status = ZSTD_decompressStream(stream_, &output, &in);
    if (ZSTD_isError(status)) {
      fail(fmt::format("the zstd stream cannot be read: {}", ZSTD_getErrorName(status)).c_str());
    }
    frame_done_ = status == 0;
  }

  ZSTD_DStream* stream_;
  bool frame_done_ = true;
};

int open_file(const std::string& path, const std::string& name) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw Error(ExitCode::kUsage, fmt::format("{}: {}", name, reason(errno)));
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
    ::close(fd);
    throw Error(ExitCode::kUsage, fmt::format("{}: {}", name, reason(EISDIR)));
  }
  return fd;
}

}  // namespace

std::unique_ptr<ByteSource> ByteSource::open(const std::string& path,
                                             const ExpansionLimits& limits) {
  const bool standard_input = path == "-";
  std::string name = standard_input ? "standard input" : printable(path, 4096);
  if (path.find('\0') != std::string::npos) {
    throw Error(ExitCode::kUsage, fmt::format("{}: a path cannot hold a NUL byte", name));
  }
  const int fd = standard_input ? STDIN_FILENO : open_file(path, name);
  auto input = std::make_unique<Descriptor>(fd, std::move(name));
  input->ensure(4);
  if (starts_gzip(*input)) return std::make_unique<GzipSource>(std::move(input), limits);
  if (starts_zstd(*input)) return std::make_unique<ZstdSource>(std::move(input), limits);
  return std::make_unique<PlainSource>(std::move(input));
}

}  // namespace vernier
