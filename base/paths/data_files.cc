#include "base/paths/data_files.h"

#include <cstdlib>
#include <filesystem>

namespace vernier {

std::string environment_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

namespace fs = std::filesystem;

namespace {

/// Empty where neither is known.
std::string home_data_path(std::string_view file) {
  if (const std::string home = environment_value("XDG_DATA_HOME"); !home.empty()) {
    return fs::path(home) / "vernier" / file;
  }
  const std::string home = environment_value("HOME");
  return home.empty() ? std::string() : std::string(fs::path(home) / ".local/share/vernier" / file);
}

/// Empty where it is not set.
std::string chosen_data_path(std::string_view file) {
  const std::string folder = environment_value("VERNIER_DATA");
  return folder.empty() ? std::string() : std::string(fs::path(folder) / file);
}

}  // namespace

std::string user_data_path(std::string_view file) {
  std::string path = chosen_data_path(file);
  if (path.empty()) path = home_data_path(file);
  return path.empty() ? std::string(file) : path;
}

std::vector<std::string> data_file_paths(std::string_view file) {
  std::vector<std::string> paths;
  if (std::string path = chosen_data_path(file); !path.empty()) paths.push_back(std::move(path));
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) paths.push_back(program.parent_path().parent_path() / "share/vernier" / file);
  if (std::string path = home_data_path(file); !path.empty()) paths.push_back(std::move(path));
  for (const char* share : {"/usr/local/share", "/usr/share"}) {
    paths.push_back(fs::path(share) / "vernier" / file);
  }
  return paths;
}

std::string first_existing(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return path;
  }
  return paths.front();
}

}  // namespace vernier
