#include "judges/chat/remote/http/open_client.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/printable.h"
#include "judges/chat/remote/http/plugin.h"

namespace vernier::chat {
namespace {

constexpr std::size_t kMostPath = 4096;

template <class Function>
Function find(void* library, const char* name) {
  const auto function = reinterpret_cast<Function>(dlsym(library, name));
  if (function == nullptr) {
    throw Error(ExitCode::kResource, fmt::format("the HTTP plugin lacks {}", name));
  }
  return function;
}

}  // namespace

// build/.../lib/vernier/ and $prefix/lib/vernier/ both lie so to the program.
std::string http_plugin_path() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "lib/vernier/vernier_http.so";
}

std::unique_ptr<HttpClient> open_http_client() {
  const std::string path = http_plugin_path();
  // Never closed: libcurl and what it uses leave exit handlers behind.
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw Error(ExitCode::kResource,
                fmt::format("this build has no HTTP: the plugin {} cannot be opened ({}); build "
                            "with libcurl4-openssl-dev installed",
                            printable(path, kMostPath), printable(dlerror(), kMostPath)));
  }
  const auto interface = find<decltype(&vernier_http_interface)>(library, "vernier_http_interface");
  if (interface() != kHttpInterface) {
    throw Error(ExitCode::kResource,
                fmt::format("{} belongs to another version of this program; install both again",
                            printable(path, kMostPath)));
  }
  std::unique_ptr<HttpClient> client(
      find<decltype(&vernier_http_open)>(library, "vernier_http_open")());
  if (client == nullptr) throw Error(ExitCode::kResource, "libcurl could not be started");
  return client;
}

}  // namespace vernier::chat
