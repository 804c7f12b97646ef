#include "metrics/data_files.h"

#include <cstdlib>
#include <filesystem>

namespace vernier {

std::string environment_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::vector<std::string> data_file_paths(std::string_view file) {
  namespace fs = std::filesystem;
  std::vector<std::string> paths;
  if (const std::string folder = environment_value("VERNIER_DATA"); !folder.empty()) {
    paths.push_back(fs::path(folder) / file);
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) paths.push_back(program.parent_path().parent_path() / "share/vernier" / file);
  if (const std::string home = environment_value("XDG_DATA_HOME"); !home.empty()) {
    paths.push_back(fs::path(home) / "vernier" / file);
  } else if (const std::string user = environment_value("HOME"); !user.empty()) {
    paths.push_back(fs::path(user) / ".local/share/vernier" / file);
  }
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
