#include "runners/pipeline/interrupt.h"

#include <unistd.h>

#include <csignal>

#include "base/error.h"

namespace vernier {
namespace {

volatile std::sig_atomic_t caught = 0;

extern "C" void on_signal(int signal) {
  if (caught != 0) _exit(128 + signal);
  caught = signal;
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

void check_interrupt() {
  if (caught == 0) return;
  throw Error(caught == SIGINT ? ExitCode::kInterrupted : ExitCode::kTerminated,
              caught == SIGINT ? "interrupted" : "terminated");
}

}  // namespace vernier
