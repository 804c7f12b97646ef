#include "base/io/output/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/io/byte_sink.h"

namespace vernier {
namespace {

constexpr std::size_t kBuffer = 256 << 10;

/// Reads through the journal's own descriptor: closing any other one would drop the lock.
class Kept final : public ByteSource {
 public:
  Kept(std::string name, int fd) : ByteSource(std::move(name)), fd_(fd) {}
  std::size_t read(char* out, std::size_t capacity) override {
    for (;;) {
      const ssize_t n = ::pread(fd_, out, capacity, offset_);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail_output(name(), errno);
      offset_ += n;
      return static_cast<std::size_t>(n);
    }
  }
  Compression compression() const override { return Compression::kNone; }

 private:
  int fd_;
  off_t offset_ = 0;
};

}  // namespace

Journal::Journal(OutputTarget target) : target_(std::move(target)), part_(target_.path + ".part") {
  open_and_lock();
  if (target_.mode) ::fchmod(fd_, *target_.mode);
  buffer_.reserve(kBuffer);
}

Journal::~Journal() {
  if (fd_ < 0) return;
  try {
    flush();
  } catch (const Error&) {
    // What can be kept is kept.
  }
  if (empty()) ::unlink(part_.c_str());
  ::close(fd_);
}

void Journal::open_and_lock() {
  const std::string name = target_.name + ".part";
  for (;;) {
    fd_ = ::open(part_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd_ < 0) fail_output(name, errno);
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    if (::fcntl(fd_, F_SETLK, &lock) != 0 && (errno == EACCES || errno == EAGAIN)) {
      const bool known = ::fcntl(fd_, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
      ::close(fd_);
      fd_ = -1;
      throw Error(ExitCode::kOutput,
                  fmt::format("{}: process {} is writing it; wait for it or give another name",
                              target_.name, known ? std::to_string(lock.l_pid) : "another"));
    }  // other failures: a file system without locks, which must do without
    // The other process may have put the file in its place between open and lock.
    struct stat ours {
    }, there{};
    if (::fstat(fd_, &ours) == 0 && ::stat(part_.c_str(), &there) == 0 &&
        ours.st_ino == there.st_ino && ours.st_dev == there.st_dev) {
      return;
    }
    ::close(fd_);
  }
}

bool Journal::empty() const {
  struct stat status {};
  return ::fstat(fd_, &status) == 0 && status.st_size == 0;
}

std::unique_ptr<ByteSource> Journal::kept() const {
  return std::make_unique<Kept>(target_.name + ".part", fd_);
}

void Journal::keep(std::uint64_t bytes) {
  const auto size = static_cast<off_t>(bytes);
  if (::ftruncate(fd_, size) != 0 || ::lseek(fd_, size, SEEK_SET) != size) {
    fail_output(target_.name, errno);
  }
}

void Journal::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBuffer) flush();
  if (bytes.size() > kBuffer) {
    write_output(fd_, bytes, target_.name, false);
  } else {
    buffer_.append(bytes);
  }
}

void Journal::flush() {
  // Taken first: what failed to be written is not tried again.
  std::string bytes;
  bytes.swap(buffer_);
  write_output(fd_, bytes, target_.name, false);
  bytes.clear();
  buffer_.swap(bytes);
}

void Journal::commit() {
  flush();
  if (target_.path.ends_with(".gz") || target_.path.ends_with(".zst")) {
    commit_packed();
    return;
  }
  // Closing ends the lock, and network file systems report a full disk only then: so that nobody
  // else takes the file up in between, it leaves its name before.
  const std::string closing = fmt::format("{}.vernier-{}.part.tmp", target_.folder(), ::getpid());
  if (::rename(part_.c_str(), closing.c_str()) != 0) fail_output(target_.name, errno);
  const int status = ::close(fd_);
  fd_ = -1;
  if ((status != 0 && errno != EINTR) || ::rename(closing.c_str(), target_.path.c_str()) != 0) {
    const int error = errno;
    ::rename(closing.c_str(), part_.c_str());
    fail_output(target_.name, error);
  }
}

void Journal::commit_packed() {
  ByteSink packed(target_.path);
  const auto source = kept();
  std::string bytes(kBuffer, '\0');
  while (const std::size_t n = source->read(bytes.data(), bytes.size())) {
    packed.write(std::string_view(bytes).substr(0, n));
  }
  packed.commit();
  if (::unlink(part_.c_str()) != 0) fail_output(target_.name, errno);
  ::close(fd_);
  fd_ = -1;
}

}  // namespace vernier
