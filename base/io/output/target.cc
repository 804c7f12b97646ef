#include "base/io/output/target.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "base/io/interrupt.h"
#include "base/printable.h"

namespace vernier {
namespace {

/// The file that a chain of symbolic links ends in, or the path itself when it does not exist.
std::string resolve(const std::string& path) {
  char* real = ::realpath(path.c_str(), nullptr);
  if (real == nullptr) return path;
  std::string resolved = real;
  std::free(real);
  return resolved;
}

}  // namespace

OutputTarget output_target(const std::string& path) {
  OutputTarget target;
  target.name = printable(path, 4096);
  if (path.empty()) fail_output(target.name, ENOENT);
  target.path = resolve(path);
  struct stat status {};
  if (::stat(target.path.c_str(), &status) != 0) return target;
  if (S_ISDIR(status.st_mode)) fail_output(target.name, EISDIR);
  target.direct = !S_ISREG(status.st_mode);
  if (target.direct) return target;
  if (::access(target.path.c_str(), W_OK) != 0) fail_output(target.name, errno);
  target.mode = status.st_mode & 07777;
  return target;
}

void fail_output(const std::string& name, int error) {
  const std::string message =
      fmt::format("{}: cannot be written: {}", name, std::generic_category().message(error));
  if (error == EPIPE) throw BrokenPipe(ExitCode::kOutput, message);
  throw Error(ExitCode::kOutput, message);
}

void write_output(int fd, std::string_view bytes, const std::string& name, bool direct) {
  while (!bytes.empty()) {
    if (direct) wait_writable(fd);
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EAGAIN) {  // a pipe that some other process made non-blocking
      pollfd ready{fd, POLLOUT, 0};
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      fail_output(name, errno);
    }
  }
}

}  // namespace vernier
