// A path that something is to be written to, and the system calls that write.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace vernier {

/// The reader of standard output went away (`vernier ... | head`): to be met with silence.
class BrokenPipe : public SilentError {
 public:
  using SilentError::SilentError;
};

struct OutputTarget {
  std::string name;            ///< as a person should see it: printable
  std::string path;            ///< with links followed
  bool direct = false;         ///< a pipe or a device: written directly, never replaced
  std::optional<mode_t> mode;  ///< of the file that will be replaced

  /// Of `path`, with its slash; empty: the current one.
  std::string folder() const { return path.substr(0, path.rfind('/') + 1); }
};

/// Throws Error(kOutput) for a folder and for what may not be written.
OutputTarget output_target(const std::string& path);

/// Throws what errno `error` of an attempt to write `name` means: BrokenPipe or Error(kOutput).
[[noreturn]] void fail_output(const std::string& name, int error);

/// Writes all bytes; `direct`: may have to wait, and ends with a signal (interrupt.h).
void write_output(int fd, std::string_view bytes, const std::string& name, bool direct);

}  // namespace vernier
