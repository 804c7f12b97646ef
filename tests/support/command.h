// Runs the real binary, as a user would.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace vernier::tests {

struct Finished {
  int code = -1;  ///< exit status; 128 + signal when it died by one
  std::string out, err;
};

/// A folder for one test, gone with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "vernier-test-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path path(const std::string& name) const { return path_ / name; }
  /// Writes a file; returns its path.
  std::string write(const std::string& name, std::string_view content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name).string();
  }

 private:
  std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string binary() {
  const char* chosen = std::getenv("VERNIER_BINARY");
  return chosen != nullptr ? chosen : VERNIER_BUILD "/bin/vernier";
}

/// vernier at work, with pipes to its standard input and from its outputs.
class Running {
 public:
  explicit Running(const std::vector<std::string>& arguments) {
    int in[2], out[2], err[2];
    if (pipe(in) != 0 || pipe(out) != 0 || pipe(err) != 0) throw std::runtime_error("pipe");
    child_ = fork();
    if (child_ == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      dup2(err[1], STDERR_FILENO);
      for (const int fd : {in[0], in[1], out[0], out[1], err[0], err[1]}) close(fd);
      const std::string program = binary();
      std::vector<char*> argv = {const_cast<char*>(program.c_str())};
      for (const std::string& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
      }
      argv.push_back(nullptr);
      execv(program.c_str(), argv.data());
      _exit(127);
    }
    for (const int fd : {in[0], out[1], err[1]}) close(fd);
    in_ = in[1];
    out_ = out[0];
    err_ = err[0];
    // Later children must not hold these open.
    for (const int fd : {in_, out_, err_}) fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  ~Running() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    close_all();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// Everything is written when this returns, and nearly all of it read by the program.
  void write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t n = ::write(in_, text.data(), text.size());
      if (n <= 0) throw std::runtime_error("write");
      text.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  void signal(int number) const { kill(child_, number); }
  pid_t id() const { return child_; }
  void close_input() {
    close(in_);
    in_ = -1;
  }
  void close_output() {
    close(out_);
    out_ = -1;
  }

  /// Waits for the end. What the program writes meanwhile must fit the pipes (64 KiB each).
  Finished wait() {
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = 0;
    Finished done;
    done.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    done.out = drain(out_);
    done.err = drain(err_);
    return done;
  }

 private:
  static std::string drain(int fd) {
    std::string text;
    char buffer[4096];
    for (ssize_t n; fd >= 0 && (n = ::read(fd, buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<std::size_t>(n));
    }
    return text;
  }
  void close_all() {
    for (int* fd : {&in_, &out_, &err_}) {
      if (*fd >= 0) close(*fd);
      *fd = -1;
    }
  }

  pid_t child_ = 0;
  int in_ = -1, out_ = -1, err_ = -1;
};

/// Runs vernier with these arguments; `input` becomes its standard input.
inline Finished vernier(const std::vector<std::string>& arguments, std::string_view input = "") {
  const TemporaryFolder folder;
  const std::string in = folder.write("in", input);
  const std::string out = folder.path("out").string(), err = folder.path("err").string();
  const pid_t child = fork();
  if (child == 0) {
    if (freopen(in.c_str(), "r", stdin) == nullptr ||
        freopen(out.c_str(), "w", stdout) == nullptr ||
        freopen(err.c_str(), "w", stderr) == nullptr) {
      _exit(126);
    }
    const std::string program = binary();
    std::vector<char*> argv = {const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments)
      argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  Finished done;
  done.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  done.out = read_file(out);
  done.err = read_file(err);
  return done;
}

}  // namespace vernier::tests
