#include "base/process/plugin.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/printable.h"

namespace vernier {
namespace {

constexpr std::size_t kMostPath = 4096;

}  // namespace

std::string plugin_path(std::string_view file) {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "lib/vernier" / file;
}

Plugin::Plugin(std::string_view file, Symbols symbols, std::string_view absent,
               std::string_view package)
    : path_(plugin_path(file)),
      library_(dlopen(path_.c_str(),
                      RTLD_NOW | (symbols == Symbols::kGlobal ? RTLD_GLOBAL : RTLD_LOCAL))) {
  if (library_ != nullptr) return;
  throw Error(
      ExitCode::kResource,
      fmt::format("{}: the plugin {} cannot be opened ({}); build with {} installed", absent,
                  printable(path_, kMostPath), printable(dlerror(), kMostPath), package));
}

void* Plugin::address_of(const char* name) const {
  void* address = dlsym(library_, name);
  if (address == nullptr) {
    throw Error(ExitCode::kResource,
                fmt::format("{}: lacks {}", printable(path_, kMostPath), name));
  }
  return address;
}

}  // namespace vernier
