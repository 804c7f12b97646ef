// SIGINT and SIGTERM end the work between two blocks, so that files are left in order.
#pragma once

namespace vernier {

/// A first signal makes check_interrupt() throw, a second one ends the process at once.
void catch_interrupts();

/// Throws Error(kInterrupted) or Error(kTerminated) once a signal has arrived. Any thread.
void check_interrupt();

}  // namespace vernier
