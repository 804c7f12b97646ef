// The command line: one sub-command a file under runners/.
#pragma once

namespace vernier {

/// Runs `vernier ...`; returns the process's exit status (base/error.h). Never throws.
int run_command_line(int argc, char** argv);

}  // namespace vernier
