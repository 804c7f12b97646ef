// Other programs, run without a shell.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace vernier {

struct ProgramResult {
  int status = 0;  ///< as exit() had it; 128 + the signal that ended it
  bool timed_out = false;
  std::string out, err;  ///< at most kMostOutput bytes each; what is beyond is read and dropped
};
constexpr std::size_t kMostOutput = std::size_t{16} << 20;

/// Runs `arguments[0]`, looked for in PATH, with the others as they are, nothing to read, and
/// `variables` (NAME=VALUE) added to the environment. Killed after `limit`, or when this program is
/// interrupted. Any thread. Throws Error(kResource) where there is no such program.
ProgramResult run_program(const std::vector<std::string>& arguments,
                          std::chrono::milliseconds limit,
                          const std::vector<std::string>& variables = {});

}  // namespace vernier
