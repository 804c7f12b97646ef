#include "base/io/interrupt.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

#include "base/error.h"

namespace vernier {
namespace {

// Lock-free, so that a handler may use it; other threads read it.
std::atomic<int> caught = 0;
static_assert(std::atomic<int>::is_always_lock_free);
// A signal reaches whatever thread the system chooses; a byte in this pipe reaches all that wait.
int wake_pipe[2] = {-1, -1};

extern "C" void on_signal(int signal) {
  if (caught != 0) _exit(128 + signal);
  caught = signal;
  const int saved = errno;
  if (write(wake_pipe[1], "", 1) < 0) {
    // Full: whoever waits is awake.
  }
  errno = saved;
}

void wait_for(int fd, short events) {
  if (wake_pipe[0] < 0) return;
  pollfd waits[2] = {{fd, events, 0}, {wake_pipe[0], POLLIN, 0}};
  do {
    check_interrupt();
  } while (poll(waits, 2, -1) < 0 && errno == EINTR);
  check_interrupt();
}

}  // namespace

void catch_interrupts() {
  if (pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) wake_pipe[0] = wake_pipe[1] = -1;
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

void check_interrupt() {
  const int signal = caught;
  if (signal == 0) return;
  throw Error(signal == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated,
              signal == SIGINT ? "interrupted" : "terminated");
}

void wait_readable(int fd) { wait_for(fd, POLLIN); }
void wait_writable(int fd) { wait_for(fd, POLLOUT); }

}  // namespace vernier
