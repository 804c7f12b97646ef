// SIGINT and SIGTERM end the work between two blocks, so that files are left in order.
#pragma once

namespace vernier {

/// A first signal makes check_interrupt() throw, a second one ends the process at once. Called by
/// the program, once; libraries only check.
void catch_interrupts();

/// Throws Error(kInterrupted) or Error(kTerminated) once a signal has arrived. Any thread.
void check_interrupt();

/// Waits until a descriptor can be read (written), or throws as check_interrupt(). Returns at once
/// for regular files, which never keep one waiting, and when catch_interrupts() was not called.
void wait_readable(int fd);
void wait_writable(int fd);

}  // namespace vernier
