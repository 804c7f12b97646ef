#include "runners/synth/set_folder.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/printable.h"

namespace vernier {

namespace fs = std::filesystem;

void open_set_folder(const std::string& path, bool force) {
  std::error_code error;
  if (fs::exists(path, error) && !force &&
      (!fs::is_directory(path) || !fs::is_empty(path, error))) {
    throw Error(ExitCode::kOutput,
                fmt::format("{}: expected a new or an empty folder; --force writes into this one",
                            printable(path, 4096)));
  }
  make_set_folder(path, "");
}

void make_set_folder(const std::string& path, const std::string& folder) {
  std::error_code error;
  fs::create_directories(fs::path(path) / folder, error);
  if (error) {
    throw Error(ExitCode::kOutput,
                fmt::format("{}{}{}: {}", printable(path, 4096), folder.empty() ? "" : "/",
                            printable(folder, 4096), error.message()));
  }
}

}  // namespace vernier
