#include "base/process/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>

#include "base/error.h"
#include "base/io/interrupt.h"
#include "base/printable.h"

namespace vernier {
namespace {

using Clock = std::chrono::steady_clock;

class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) {
      throw Error(ExitCode::kResource, fmt::format("pipe: {}", std::strerror(errno)));
    }
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int end(std::size_t which) const { return ends_[which]; }
  void close_end(std::size_t which) {
    if (ends_[which] >= 0) close(ends_[which]);
    ends_[which] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

/// Ends and is waited for when it goes out of scope, whatever happens meanwhile.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  ~Child() {
    if (id_ <= 0) return;
    kill(id_, SIGKILL);
    wait();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void end() const { kill(id_, SIGKILL); }
  int wait() {
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t id_;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

/// The environment with `variables` in the place of those of their names.
std::vector<std::string> environment_with(const std::vector<std::string>& variables) {
  std::vector<std::string> out = variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('=') + 1);
    const bool replaced = std::ranges::any_of(
        variables, [&](const std::string& one) { return one.starts_with(name); });
    if (!replaced) out.emplace_back(text);
  }
  return out;
}

pid_t spawn(const std::vector<std::string>& arguments, const std::vector<std::string>& variables,
            int out, int err) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
  sigset_t defaults;  // this program ignores it
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const std::vector<std::string> environment = environment_with(variables);
  pid_t id = 0;
  const int error = posix_spawnp(&id, arguments[0].c_str(), &files, &attributes,
                                 pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: {}", printable(arguments[0], 300), std::strerror(error)));
  }
  return id;
}

/// Reads what is there; closes the pipe at its end.
void drain(Pipe& pipe, std::string& text) {
  std::array<char, 1 << 14> buffer{};
  const ssize_t n = read(pipe.end(0), buffer.data(), buffer.size());
  if (n < 0 && errno == EINTR) return;
  if (n <= 0) {
    pipe.close_end(0);
    return;
  }
  const std::size_t room = kMostOutput - text.size();
  text.append(buffer.data(), std::min(room, static_cast<std::size_t>(n)));
}

}  // namespace

ProgramResult run_program(const std::vector<std::string>& arguments,
                          std::chrono::milliseconds limit,
                          const std::vector<std::string>& variables) {
  constexpr int kStep = 100;  // milliseconds between looks at the clock and at interruptions
  Pipe out, err;
  Child child(spawn(arguments, variables, out.end(1), err.end(1)));
  out.close_end(1);
  err.close_end(1);
  ProgramResult result;
  const Clock::time_point end = Clock::now() + limit;
  while (out.end(0) >= 0 || err.end(0) >= 0) {
    check_interrupt();
    if (Clock::now() >= end) {
      result.timed_out = true;
      child.end();
      break;
    }
    std::array<pollfd, 2> waits = {pollfd{out.end(0), POLLIN, 0}, pollfd{err.end(0), POLLIN, 0}};
    if (poll(waits.data(), waits.size(), kStep) <= 0) continue;
    if (waits[0].revents != 0) drain(out, result.out);
    if (waits[1].revents != 0) drain(err, result.err);
  }
  result.status = child.wait();
  return result;
}

}  // namespace vernier
