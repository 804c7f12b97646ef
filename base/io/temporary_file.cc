#include "base/io/temporary_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/error.h"

namespace vernier {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error(ExitCode::kOutput,
              fmt::format("cannot {} a temporary file: {} (set TMPDIR to a folder with room)", what,
                          std::strerror(errno)));
}

int open_temporary() {
  const char* folder = std::getenv("TMPDIR");
  std::string path =
      std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/vernier-XXXXXX";
  const int file = mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) fail("create");
  unlink(path.c_str());
  return file;
}

}  // namespace

TemporaryFile::~TemporaryFile() {
  if (file_ >= 0) close(file_);
}

std::uint64_t TemporaryFile::append(std::string_view bytes) {
  if (file_ < 0) file_ = open_temporary();
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n =
        pwrite(file_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(size_ + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail("write");
    done += static_cast<std::size_t>(n);
  }
  size_ += bytes.size();
  return size_ - bytes.size();
}

void TemporaryFile::read(std::uint64_t offset, char* out, std::size_t size) const {
  for (std::size_t done = 0; done < size;) {
    const ssize_t n = pread(file_, out + done, size - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail("read");
    done += static_cast<std::size_t>(n);
  }
}

}  // namespace vernier
