// Typed errors. Library code throws `Error`; only main() turns one into an exit status.
#pragma once

#include <stdexcept>
#include <string>

namespace vernier {

/// Exit codes of the command line (docs/cli.md). The numbers are a contract with CI scripts.
enum class ExitCode : int {
  kOk = 0,             ///< done, or the gate passed
  kGateFailed = 1,     ///< the gate found a regression
  kUsage = 2,          ///< flags or configuration are wrong
  kBadInput = 3,       ///< an input record cannot be used; the message names file and line
  kResource = 4,       ///< a model or data file cannot be loaded
  kIncomplete = 5,     ///< incomplete, inconclusive or not comparable
  kOutput = 6,         ///< an output cannot be written
  kInternal = 70,      ///< a bug in vernier
  kInterrupted = 130,  ///< SIGINT
  kTerminated = 143,   ///< SIGTERM
};

/// What went wrong, in one line, with the exit code it leads to.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const noexcept { return code_; }

 private:
  ExitCode code_;
};

/// To be met with an exit code but no message: nobody is there to read it, or another process says
/// it.
class SilentError : public Error {
 public:
  using Error::Error;
};

}  // namespace vernier
