#include "judges/engine/container/file/mapped_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/printable.h"

namespace vernier::engine {
namespace {

class Descriptor {
 public:
  // O_NONBLOCK: a named pipe without a writer would keep one waiting.
  explicit Descriptor(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

[[noreturn]] void fail(const std::string& name, int error) {
  throw Error(ExitCode::kResource,
              fmt::format("{}: cannot be read: {}", name, std::generic_category().message(error)));
}

}  // namespace

MappedFile::MappedFile(const std::string& path) : name_(printable(path)) {
  const Descriptor file(path);
  struct stat info {};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0) fail(name_, errno);
  if (S_ISDIR(info.st_mode)) fail(name_, EISDIR);
  if (!S_ISREG(info.st_mode)) {
    throw Error(ExitCode::kResource, fmt::format("{}: is not a regular file", name_));
  }
  if (info.st_size == 0) return;  // which cannot be mapped
  const auto size = static_cast<std::size_t>(info.st_size);
  void* const place = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (place == MAP_FAILED) fail(name_, errno);
  bytes_ = {static_cast<const std::byte*>(place), size};
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : name_(std::move(other.name_)), bytes_(std::exchange(other.bytes_, {})) {}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace vernier::engine
