#include "runners/together/processes.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/printable.h"
#include "runners/together/mpi/plugin.h"

namespace vernier {
namespace {

// build/.../lib/vernier/ and $prefix/lib/vernier/ both lie so to the program.
std::string plugin_path() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return program.parent_path().parent_path() / "lib/vernier/vernier_mpi.so";
}

}  // namespace

struct Processes::Plugin {
  decltype(&vernier_mpi_start) start;
  decltype(&vernier_mpi_agree) agree;
  decltype(&vernier_mpi_end) end;

  template <class Function>
  static void find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    if (function == nullptr) {
      throw Error(ExitCode::kResource, fmt::format("the MPI plugin lacks {}", name));
    }
  }
};

bool Processes::several() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
    const char* size = std::getenv(name);
    if (size != nullptr && std::atoi(size) > 1) return true;
  }
  return false;
}

Processes::Processes() : plugin_(std::make_unique<Plugin>()) {
  const std::string path = plugin_path();
  // Open MPI's own plugins look for its symbols among the global ones. Never closed: MPI leaves
  // threads and exit handlers behind.
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
  if (library == nullptr) {
    throw Error(ExitCode::kResource,
                fmt::format("mpirun needs the MPI plugin, and {} cannot be opened ({}): build with "
                            "libopenmpi-dev installed, or share the work with --shard",
                            printable(path, 4096), dlerror()));
  }
  Plugin::find(library, "vernier_mpi_start", plugin_->start);
  Plugin::find(library, "vernier_mpi_agree", plugin_->agree);
  Plugin::find(library, "vernier_mpi_end", plugin_->end);
  int rank = 0, count = 0;
  if (!plugin_->start(&rank, &count)) throw Error(ExitCode::kResource, "MPI could not be started");
  rank_ = static_cast<unsigned>(rank);
  count_ = static_cast<unsigned>(count);
}

Processes::~Processes() { plugin_->end(); }

void Processes::step(const std::function<void()>& share) const {
  std::optional<Error> failure;
  try {
    share();
  } catch (const Error& error) {
    failure = error;
  } catch (const std::bad_alloc&) {
    failure = Error(ExitCode::kResource, "out of memory");
  }
  int failed_rank = 0;
  const int code = plugin_->agree(failure ? static_cast<int>(failure->code()) : 0, &failed_rank);
  if (code == 0) return;
  if (failure && failed_rank == static_cast<int>(rank_)) throw *failure;
  throw SilentError(ExitCode::kOk, "another process failed, and says so");
}

}  // namespace vernier
