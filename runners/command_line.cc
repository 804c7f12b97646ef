#include "runners/command_line.h"

#include <fmt/format.h>

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>

#include "base/error.h"
#include "runners/commands.h"

namespace vernier {
namespace {

int report(ExitCode code, std::string_view message) {
  fmt::print(stderr, "vernier: {}\n", message);
  return static_cast<int>(code);
}

// One line, and nothing a terminal would act on.
std::string printable(std::string_view message) {
  std::string out;
  for (const char c : message) {
    const unsigned char byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      out += ' ';
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Error(ExitCode::kOutput, fmt::format("cannot write to stdout: {}", std::strerror(errno)));
  }
}

void remark(const GlobalOptions& global, const std::string& line) {
  if (!global.quiet) fmt::print(stderr, "vernier: {}\n", printable(line));
}

int run_command_line(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error code, not a death
  CLI::App app("Measures captions and the models that write them.", "vernier");
  app.set_version_flag("--version", "vernier " VERNIER_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  GlobalOptions global;
  app.add_flag("-q,--quiet", global.quiet, "No progress and no remarks on stderr");
  Action action;
  const CommandContext context{app, global, action};
  add_score_command(context);
  add_tokenize_command(context);
  add_list_command(context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return report(ExitCode::kUsage,
                  printable(error.what()) + " (vernier --help lists commands and flags)");
  }
  try {
    return action();
  } catch (const Error& error) {
    return report(error.code(), printable(error.what()));
  } catch (const std::bad_alloc&) {
    return report(ExitCode::kResource, "out of memory");
  } catch (const std::exception& error) {
    return report(ExitCode::kInternal, fmt::format("internal error: {}", printable(error.what())));
  }
}

}  // namespace vernier
