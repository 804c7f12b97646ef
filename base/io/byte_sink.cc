#include "base/io/byte_sink.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <atomic>
#include <cerrno>

#include "base/io/output/target.h"

namespace vernier {
namespace {

constexpr std::size_t kBuffer = 256 << 10;

}  // namespace

/// The descriptor below: a temporary file on its way to a name, or something written directly.
class ByteSink::File {
 public:
  explicit File(const std::string& path) {
    if (path == "-") {
      target_.name = "standard output";
      target_.direct = true;
      fd_ = STDOUT_FILENO;
      return;
    }
    target_ = output_target(path);
    if (target_.direct) {
      fd_ = ::open(target_.path.c_str(), O_WRONLY | O_CLOEXEC);
      if (fd_ < 0) fail_output(name(), errno);
      return;
    }
    create_temporary();
    if (target_.mode) ::fchmod(fd_, *target_.mode);
  }

  ~File() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  const std::string& name() const { return target_.name; }

  void write(std::string_view bytes) { write_output(fd_, bytes, name(), target_.direct); }

  void commit() {
    if (fd_ > STDERR_FILENO) {
      // Network file systems report a full disk only here.
      const int status = ::close(fd_);
      fd_ = -1;
      if (status != 0 && errno != EINTR) fail_output(name(), errno);
    }
    if (target_.direct) return;
    if (::rename(temporary_.c_str(), target_.path.c_str()) != 0) fail_output(name(), errno);
    temporary_.clear();
  }

 private:
  /// The name is short and free of the target's, which may already fill the 255 bytes of a name.
  void create_temporary() {
    static std::atomic<unsigned> serial{0};
    for (;;) {
      temporary_ = fmt::format("{}.vernier-{}-{}.tmp", target_.folder(), ::getpid(), serial++);
      fd_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (fd_ >= 0) return;
      if (errno == EEXIST) continue;  // left behind by a killed process that had this id
      temporary_.clear();
      fail_output(name(), errno);
    }
  }

  OutputTarget target_;
  std::string temporary_;
  int fd_ = -1;
};

class ByteSink::Encoder {
 public:
  virtual ~Encoder() = default;
  enum class Until { kAnytime, kFlushed, kEnd };
  virtual void encode(std::string_view bytes, Until until, File& file) = 0;
};

class ByteSink::GzipEncoder final : public Encoder {
 public:
  GzipEncoder() {
    if (deflateInit2(&stream_, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~GzipEncoder() override { deflateEnd(&stream_); }

  void encode(std::string_view bytes, Until until, File& file) override {
    const int mode = until == Until::kEnd       ? Z_FINISH
                     : until == Until::kFlushed ? Z_SYNC_FLUSH
                                                : Z_NO_FLUSH;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      deflate(&stream_, mode);
      file.write({out_.data(), out_.size() - stream_.avail_out});
    } while (stream_.avail_out == 0);
  }

 private:
  z_stream stream_{};
  std::array<char, 64 << 10> out_;
};

class ByteSink::ZstdEncoder final : public Encoder {
 public:
  ZstdEncoder() : stream_(ZSTD_createCStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(stream_, ZSTD_c_checksumFlag, 1);
  }
  ~ZstdEncoder() override { ZSTD_freeCStream(stream_); }

  void encode(std::string_view bytes, Until until, File& file) override {
    const ZSTD_EndDirective mode = until == Until::kEnd       ? ZSTD_e_end
                                   : until == Until::kFlushed ? ZSTD_e_flush
                                                              : ZSTD_e_continue;
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    for (;;) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      const std::size_t left = ZSTD_compressStream2(stream_, &out, &in, mode);
      if (ZSTD_isError(left)) throw Error(ExitCode::kInternal, ZSTD_getErrorName(left));
      file.write({out_.data(), out.pos});
      if (in.pos == in.size && (left == 0 || mode == ZSTD_e_continue)) return;
    }
  }

 private:
  ZSTD_CStream* stream_;
  std::array<char, 64 << 10> out_;
};

ByteSink::ByteSink(const std::string& path) : file_(std::make_unique<File>(path)) {
  if (path.ends_with(".gz")) encoder_ = std::make_unique<GzipEncoder>();
  if (path.ends_with(".zst")) encoder_ = std::make_unique<ZstdEncoder>();
  buffer_.reserve(kBuffer);
}

ByteSink::~ByteSink() = default;

const std::string& ByteSink::name() const { return file_->name(); }

void ByteSink::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t n = std::min(bytes.size(), kBuffer - buffer_.size());
    buffer_.append(bytes, 0, n);
    bytes.remove_prefix(n);
    if (buffer_.size() < kBuffer) continue;
    if (encoder_ != nullptr) {
      encoder_->encode(buffer_, Encoder::Until::kAnytime, *file_);
    } else {
      file_->write(buffer_);
    }
    buffer_.clear();
  }
}

void ByteSink::flush() {
  if (encoder_ != nullptr) {
    encoder_->encode(buffer_, Encoder::Until::kFlushed, *file_);
  } else {
    file_->write(buffer_);
  }
  buffer_.clear();
}

void ByteSink::commit() {
  if (committed_) throw Error(ExitCode::kInternal, name() + ": committed twice");
  committed_ = true;
  if (encoder_ != nullptr) {
    encoder_->encode(buffer_, Encoder::Until::kEnd, *file_);
  } else {
    file_->write(buffer_);
  }
  buffer_.clear();
  file_->commit();
}

}  // namespace vernier
