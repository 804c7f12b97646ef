#include <cstdlib>
#include <filesystem>

#include "metrics/meteor/meteor.h"

namespace vernier {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

std::vector<std::string> meteor_data_paths() {
  namespace fs = std::filesystem;
  constexpr const char* kFile = "meteor-en.bin";
  std::vector<std::string> paths;
  if (const std::string folder = environment("VERNIER_DATA"); !folder.empty()) {
    paths.push_back(fs::path(folder) / kFile);
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) paths.push_back(program.parent_path().parent_path() / "share/vernier" / kFile);
  if (const std::string home = environment("XDG_DATA_HOME"); !home.empty()) {
    paths.push_back(fs::path(home) / "vernier" / kFile);
  } else if (const std::string user = environment("HOME"); !user.empty()) {
    paths.push_back(fs::path(user) / ".local/share/vernier" / kFile);
  }
  for (const char* share : {"/usr/local/share", "/usr/share"}) {
    paths.push_back(fs::path(share) / "vernier" / kFile);
  }
  return paths;
}

std::string default_meteor_data_path() {
  const std::vector<std::string> paths = meteor_data_paths();
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return path;
  }
  return paths.front();
}

}  // namespace vernier
